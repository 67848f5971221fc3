// The keyboard: which presses are ours, wherever the focus is, and which belong
// to the search field, a focused button or the browser. What a key of ours means
// is internal/palette's.

const at = (id) => document.getElementById(id);
const query = at('query');
const format = at('format');

const mac = /Mac/.test(navigator.platform);
const ours = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'Escape']);
const acting = new Set(['Enter', ...'dDeEiIkKlLrRsS123456789']);

// press reads an event: what the key is called and what is held with it. AltGr,
// which Windows reports as Ctrl and Alt, is part of typing. Where a key types no
// Latin letter, a shortcut goes by where the key is.
export const press = (e) => {
  const altGr = e.getModifierState('AltGraph');
  const mod = (e.ctrlKey || e.metaKey) && !altGr;
  const alt = e.altKey && !altGr;
  const place = /^(?:Key|Digit)([A-Z1-9])$/.exec(e.code)?.[1].toLowerCase();
  const name = mod && place && !/^[a-z]$/i.test(e.key) ? place : e.key;
  // A name such as "ArrowUp" is ASCII; a layout's letters may be two at once.
  const types = !mod && (!alt || mac) && (name.length === 1 || /[^\x00-\x7f]/.test(name));
  return { name, mod, alt, altGr, shift: e.shiftKey, types, plain: !mod && !alt && !e.shiftKey };
};

// A shortcut on the selected row is never the browser's while the popup is there:
// it would be for the page behind it.
const isShortcut = (p) => p.mod && !p.alt && acting.has(p.name);

const means = (p) => isShortcut(p) || !p.mod && !p.alt && !p.altGr && ours.has(p.name);

// What has a meaning in the search field alone is typed there, wherever the focus
// was.
const isSearch = (p) => p.types || p.plain && ['Backspace', 'Delete', 'Dead'].includes(p.name) ||
  p.mod && !p.alt && !p.shift && ['a', 'v', 'z'].includes(p.name);

// On the choice of format, arrows and the space bar open it, so that one choice is
// made and not one at every arrow.
const opening = new Set(['ArrowDown', 'ArrowUp', ' ']);
const chooses = (p) => {
  if (p.mod) return false;
  if (opening.has(p.name)) format.showPicker();
  else if (p.name === 'Escape') query.focus();
  else return false;
  return true;
};

// own tells whether the focused element takes a press by itself.
const own = (target, p) => {
  if (target.closest('button')) {
    return !p.mod && (p.name === 'Enter' || p.name === ' ') || !!target.closest('#menu') && /^Arrow/.test(p.name);
  }
  return target !== query && target.matches('input') && p.name !== 'Escape';
};

// onKeys listens. tell(event, press) takes a press of ours and tells whether it
// was one.
export const onKeys = (tell) => document.addEventListener('keydown', (e) => {
  // An input method's, or what a browser that fills in a form calls a key.
  if (e.isComposing || e.keyCode === 229 || !(e instanceof KeyboardEvent)) return;
  const p = press(e);
  if (isShortcut(p)) e.preventDefault();
  if (e.target.closest('dialog')) return; // which has keys of its own
  if (e.target === format && chooses(p)) return e.preventDefault();
  if (own(e.target, p)) return;
  const listed = !at('list').hidden;
  if (listed && p.types && p.name === '?' && !query.value) {
    tell(e, p);
    return e.preventDefault();
  }
  if (listed && isSearch(p)) return query.focus(); // before what it does by default is done
  if (!listed && p.plain && p.name === 'Enter') {
    // The screen's main button, where nothing has the focus.
    if (!at('signin').hidden) at('signin-primary').click();
    return;
  }
  if (!means(p)) return;
  if (listed && p.name !== 'Escape') query.focus();
  // A key that is held down is pressed once.
  if (e.repeat && acting.has(p.name)) return e.preventDefault();
  if (tell(e, p)) e.preventDefault();
});

// Keys are called as people here know them: Ctrl+Enter is shown as Ctrl ↵, on a Mac as ⌘↵.
export const shown = (key) => key.replace('Ctrl+', mac ? '⌘' : 'Ctrl ').replace('Shift+', mac ? '⇧' : '⇧ ').replace('Enter', '↵');
export const spoken = (key) => key.replace('Ctrl+', mac ? 'Meta+' : 'Control+');
if (mac) {
  for (const button of document.querySelectorAll('[aria-keyshortcuts]')) {
    button.ariaKeyShortcuts = button.ariaKeyShortcuts.replace('Control', 'Meta');
    const key = button.querySelector('kbd');
    if (key) key.textContent = key.textContent.replace('Ctrl ', '⌘');
  }
}
