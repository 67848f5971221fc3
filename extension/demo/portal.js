// The pages of the demo organisation: what a portal shows to approve a code, and
// where its console links lead. What they show comes from the demo's portal and
// reaches the page as text alone.

const at = (id) => document.getElementById(id);
const ask = async (path, method = 'GET') => {
  const answer = await chrome.runtime.sendMessage({ v: '1', type: 'demo.page', args: { path, method } });
  if (!answer?.status) throw Error('the demo organisation has stopped');
  return answer;
};
const failed = () => { at('outcome').textContent = 'The demo organisation did not answer. Try again, or load this page anew.'; };

const device = (query) => {
  const code = query.get('user_code') ?? '';
  at('code').textContent = code;
  at('device').hidden = false;
  const decide = async (decision) => {
    const path = decision === 'allow' ? '/fake/approve' : '/fake/deny';
    const { status } = await ask(`${path}?user_code=${encodeURIComponent(code)}`, 'POST');
    at('device').hidden = true;
    at('outcome').textContent = status !== 200 ? 'This code is not waiting for approval any more. Start again in Portico.'
      : decision === 'allow' ? 'Approved. You can close this tab: Portico goes on by itself.' : 'Denied. You can close this tab.';
  };
  at('device').addEventListener('click', (e) => { if (e.target.value) decide(e.target.value).catch(failed); });
};

const landing = async (query) => {
  const { text } = await ask(`/fake/grant?${query}`);
  const { accountName, accountId, role, assigned } = JSON.parse(text);
  if (!assigned) {
    at('outcome').textContent = `No access: ${role || 'this role'} is not assigned to you in account ${accountId || 'of this link'}.`;
    return;
  }
  at('account-name').textContent = accountName;
  at('account-id').textContent = accountId;
  at('role-name').textContent = role;
  at('console').hidden = false;
};

const [, route = '', query = ''] = /([a-z]+)\?(.*)$/.exec(location.hash) ?? [];
const show = { device, console: landing }[route];
if (show) Promise.resolve(show(new URLSearchParams(query))).catch(failed);
else at('outcome').textContent = 'This is the start page of the demo organisation. Open Portico to see its accounts.';
