// All keys, and the one that opens Portico: that is the browser's, which says what it is
// and where it is changed.
import { element, sheet } from './sheet.js';

const KEYS = [
  ['↑ ↓', 'choose a role'],
  ['Page Up, Page Down', 'choose one further away'],
  ['Enter', 'copy its credentials'],
  ['Ctrl+Enter', 'open its console'],
  ['Ctrl+Shift+Enter', 'open the tab’s page with it'],
  ['Ctrl+K', 'all actions'],
  ['Ctrl+D', 'bookmark it'],
  ['Ctrl+I', 'show its credentials'],
  ['Ctrl+S', 'make it a favourite, or none'],
  ['Ctrl+E', 'label it'],
  ['Ctrl+L', 'copy the link to its console'],
  ['Ctrl+R', 'refresh its account'],
  ['Ctrl+1 … 9', 'show another portal'],
  ['Tab', 'choose another format'],
  ['Escape', 'clear the search, then close'],
  ['?', 'this, where nothing is typed'],
];

const title = element('h2', { id: 'keys-title', textContent: 'Keys' });
const list = element('dl', { tabIndex: 0 });
list.setAttribute('aria-labelledby', 'keys-title');
const change = element('button', { id: 'keys-change', type: 'button', textContent: 'Change how Portico opens' });
const done = element('button', { id: 'keys-done', type: 'button', className: 'primary', textContent: 'Done' });
const help = sheet('keys', [title, list, element('div', { className: 'buttons' }, done, change)]);
help.setAttribute('aria-labelledby', 'keys-title');
done.addEventListener('click', () => help.close());

const row = (key, does) => [element('dt', {}, element('kbd', { textContent: key })), element('dd', { textContent: does })];

// show shows them. changeShortcut leads to where the browser has its own.
export const show = async (keys, changeShortcut) => {
  const command = (await chrome.commands.getAll()).find(({ name }) => name === '_execute_action');
  change.onclick = () => changeShortcut();
  list.replaceChildren(...row(command?.shortcut || 'no key yet', 'open Portico, from any page'), ...KEYS.flatMap(([key, does]) => row(keys.shown(key), does)));
  if (!help.open) help.showModal();
  done.focus();
};
