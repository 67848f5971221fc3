// The keys of the menu, as people know them from all menus: arrows, Home and End
// go through it, Escape leads back to where one was, and it closes when the focus
// leaves it. What its entries do is internal/palette's.

const menu = document.getElementById('menu');
const button = document.getElementById('portal');
let before = button; // had the focus when the menu opened, and gets it back
const entries = () => [...menu.querySelectorAll('button:not([hidden])')];

const to = {
  ArrowDown: (at, all) => (at + 1) % all,
  ArrowUp: (at, all) => (at + all - 1) % all,
  Home: () => 0,
  End: (_, all) => all - 1,
};

const move = (key) => {
  const all = entries();
  all[to[key](all.indexOf(document.activeElement), all.length)].focus();
};

menu.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  if (to[e.key]) move(e.key);
  else if (e.key === 'Escape') {
    const back = before;
    globalThis.portico.event('outside');
    back.focus();
  } else return;
  e.preventDefault();
  e.stopPropagation(); // the list has keys of these names
});
// ↓ opens it, as it opens every menu button.
button.addEventListener('keydown', (e) => {
  if (e.key !== 'ArrowDown' || button.ariaExpanded === 'true') return;
  e.preventDefault();
  e.stopPropagation();
  button.click();
});
document.addEventListener('focusin', (e) => { if (!menu.hidden && !menu.contains(e.target)) globalThis.portico.event('outside'); });
// Opened by Go, which has the list of portals.
new MutationObserver(() => {
  if (menu.hidden) return;
  before = document.activeElement;
  move('Home');
}).observe(menu, { attributeFilter: ['hidden'] });
