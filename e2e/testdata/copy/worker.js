// The yardstick for copying: what plain JavaScript does, and nothing else. It keeps
// no token, tells nobody, and quotes nothing.
const fetchCredentials = async () => {
  const { role } = await chrome.storage.session.get('role');
  const answer = await fetch(role.url, { headers: { 'x-amz-sso_bearer_token': role.token } });
  const { roleCredentials: c } = await answer.json();
  return [`export AWS_ACCESS_KEY_ID=${c.accessKeyId}`, `export AWS_SECRET_ACCESS_KEY=${c.secretAccessKey}`,
    `export AWS_SESSION_TOKEN=${c.sessionToken}`].join('\n');
};
chrome.runtime.onMessage.addListener((message, _, answer) => {
  if (message.type !== 'copy') return void answer('');
  fetchCredentials().then(answer);
  return true;
});
