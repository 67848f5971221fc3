// The menu of actions: all that can be done with the row on which it was opened, found by
// typing, each with its key. What the actions are and do is internal/palette's. It is made
// when it is first opened, since the popup shall be there at once.
import { element, sheet } from './sheet.js';

const of = element('p', { id: 'actions-of', className: 'of' });
const query = element('input', { id: 'actions-query', type: 'text', role: 'combobox', placeholder: 'Search actions', autocomplete: 'off', spellcheck: false,
  ariaLabel: 'Search actions', ariaAutoComplete: 'list', ariaExpanded: 'true' });
query.setAttribute('aria-controls', 'actions-list');
query.setAttribute('aria-describedby', 'actions-of');
const list = element('div', { id: 'actions-list', className: 'options', role: 'listbox', ariaLabel: 'Actions' });
const none = element('p', { className: 'none', role: 'status' });
const menu = sheet('actions', [of, query, none, list]);
menu.ariaLabel = 'Actions';

let all = []; // of each its action, label, key and option
let choose = () => {};
let keys = null; // keys.js
const shown = () => all.filter(({ option }) => !option.hidden);
const selected = () => all.find(({ option }) => option.ariaSelected === 'true');

const select = (entry) => {
  for (const { option } of all) option.ariaSelected = String(option === entry?.option);
  if (!entry) return query.removeAttribute('aria-activedescendant');
  query.setAttribute('aria-activedescendant', entry.option.id);
  entry.option.scrollIntoView({ block: 'nearest' });
};

// Each word that is typed has to begin one of the label's.
const BEFORE = /[\s/~._-]/;
const begins = (label, word) => {
  for (let i = label.indexOf(word); i >= 0; i = label.indexOf(word, i + 1)) if (i === 0 || BEFORE.test(label[i - 1])) return true;
  return false;
};
const filter = () => {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { label, option } of all) option.hidden = !words.every((word) => begins(label.toLowerCase(), word));
  const some = shown();
  none.textContent = some.length ? '' : 'No action is called that. Press Escape to go back.';
  none.hidden = some.length > 0;
  query.ariaExpanded = String(some.length > 0);
  select(some[0]);
};

const take = (entry) => {
  if (!entry) return;
  menu.close();
  choose(entry.does);
};

query.addEventListener('input', filter);
menu.addEventListener('keydown', (e) => {
  if (e.isComposing || e.keyCode === 229) return;
  const { name, mod, alt, shift } = keys.press(e);
  const some = shown();
  const at = some.indexOf(selected());
  if (mod && !alt) {
    const key = `Ctrl+${shift ? 'Shift+' : ''}${name.length === 1 ? name.toUpperCase() : name}`;
    if (key === 'Ctrl+K') menu.close();
    else take(all.find((entry) => entry.key === key));
    return;
  }
  if (alt || shift || mod) return;
  if (name === 'ArrowDown') select(some[(at + 1) % some.length]);
  else if (name === 'ArrowUp') select(some.at(at - 1));
  else if (name === 'Enter') take(selected());
  else if (name !== 'Tab') return; // there is nowhere else to go
  e.preventDefault();
});
list.addEventListener('mousedown', (e) => e.preventDefault()); // the focus stays where one types
list.addEventListener('click', (e) => take(all.find(({ option }) => option.contains(e.target))));

const entry = (line, i) => {
  const [does, label, key] = line.split('\t');
  const option = element('div', { id: `action-${i}`, className: 'option', role: 'option' }, element('span', { textContent: label }));
  option.dataset.does = does;
  if (key) {
    option.append(element('kbd', { textContent: keys.shown(key), ariaHidden: 'true' }));
    option.ariaKeyShortcuts = keys.spoken(key);
  }
  return { does, label, key, option };
};

// show takes what internal/palette's Actions says.
export const show = (text, withKeys, then) => {
  const [target, ...lines] = text.split('\n');
  [keys, choose] = [withKeys, then];
  globalThis.portico.say('actions-of', target);
  of.hidden = !target;
  all = lines.map(entry);
  list.replaceChildren(...all.map(({ option }) => option));
  query.value = '';
  if (!menu.open) menu.showModal();
  query.focus();
  filter();
};
