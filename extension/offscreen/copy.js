// The clipboard of a worker whose popup is gone: a page that nobody sees, which has
// no focus and so no navigator.clipboard. It lives for one copy.
const area = document.querySelector('textarea');

chrome.runtime.onMessage.addListener((message, { id }, answer) => {
  if (id !== chrome.runtime.id || message?.to !== 'clipboard') return;
  area.value = message.text;
  area.select();
  answer(document.execCommand('copy'));
  area.value = '';
});
