// The clipboard of a worker whose popup is gone: a page that nobody sees, which has
// no focus and so no navigator.clipboard. It lives for one thing that it does.
import { sealed } from '../seal.js';

const area = document.querySelector('textarea');

const does = {
  write({ text }) {
    area.value = text;
    area.select();
    const written = document.execCommand('copy');
    area.value = '';
    return written;
  },
  // What it reads never leaves it.
  async clear({ seal }) {
    area.value = '';
    area.focus();
    const read = document.execCommand('paste');
    const text = area.value;
    area.value = '';
    if (!read || !text || !await sealed(text, seal)) return read;
    document.addEventListener('copy', (e) => {
      e.clipboardData.setData('text/plain', '');
      e.preventDefault();
    }, { once: true });
    return document.execCommand('copy');
  },
};

chrome.runtime.onMessage.addListener((message, { id }, answer) => {
  if (id !== chrome.runtime.id || message?.to !== 'clipboard') return false;
  Promise.resolve(does[message.do](message)).then(answer, () => answer(false));
  return true; // answered later
});
