// The popup before and below Go: it reads what is stored, paints the first rows,
// starts Go behind the first frame and hands it every event. It has the one row
// painter. What the popup means and decides is internal/palette's.

const ROW = 48; // px, as in popup.css
const FIRST_ROWS = 20;

const at = (id) => document.getElementById(id);
const query = at('query');
const format = at('format');
const list = at('rows');
const sizer = at('sizer');

// Rows are recycled, and a paint touches only what differs from the last one:
// that is most of what a keystroke costs.
const pool = [];
const newRow = () => {
  const row = at('row').content.firstElementChild.cloneNode(true);
  return { row, cells: [...row.children], texts: [], index: -1, total: -1, selected: null };
};

// A text is names with matched letters between \x01 and \x02. Names have no such
// characters of their own, and reach the page as text alone, never as markup.
const fill = (cell, text) => {
  if (!text.includes('\x01')) {
    cell.textContent = text;
    return;
  }
  cell.replaceChildren(...text.split(/[\x01\x02]/).map((part, i) => {
    if (i % 2 === 0) return part;
    const mark = document.createElement('mark');
    mark.textContent = part;
    return mark;
  }));
};

const place = (slot, index, total, selected) => {
  const { row } = slot;
  if (slot.index !== index) {
    slot.index = index;
    row.id = `row-${index}`;
    row.style.top = `${index * ROW}px`;
    row.ariaPosInSet = index + 1;
  }
  if (slot.total !== total) row.ariaSetSize = slot.total = total;
  if (slot.selected !== selected) row.ariaSelected = slot.selected = selected;
};

// paint takes the text that palette's Model.rows describes.
let height = -1;
let scrolled = 0; // asking the list itself would have the page laid out at once
const paint = (text) => {
  const [head, ...lines] = text.split('\n');
  const [total, first, selected, scrollTo] = head.split('\t').map(Number);
  if (height !== total * ROW) sizer.style.height = `${height = total * ROW}px`;
  while (pool.length < lines.length) pool.push(newRow());
  lines.forEach((line, i) => {
    const slot = pool[i];
    place(slot, first + i, total, first + i === selected);
    line.split('\t').forEach((cell, j) => {
      if (slot.texts[j] !== cell) fill(slot.cells[j], slot.texts[j] = cell);
    });
  });
  while (sizer.childElementCount > lines.length) sizer.lastElementChild.remove();
  for (let i = sizer.childElementCount; i < lines.length; i++) sizer.append(pool[i].row);
  const shown = total > 0;
  list.hidden = !shown;
  query.ariaExpanded = shown;
  if (shown && selected >= first && selected < first + lines.length) query.setAttribute('aria-activedescendant', `row-${selected}`);
  else query.removeAttribute('aria-activedescendant');
  if (scrollTo >= 0 && scrollTo * ROW !== scrolled) list.scrollTop = scrolled = scrollTo * ROW;
};

// firstRows turns the head of a stored directory (internal/directory's snapshot)
// into the painter's text. Names are stored in the form in which they are shown.
const firstRows = (snapshot) => {
  let total = 0;
  for (let i = snapshot.indexOf('\nR\t'); i >= 0; i = snapshot.indexOf('\nR\t', i + 3)) total++;
  const rows = [];
  let account = [];
  for (const line of snapshot.split('\n', FIRST_ROWS * 2)) {
    const fields = line.split('\t');
    if (fields[0] === 'A') account = [fields[2], fields[1]];
    else if (fields[0] === 'R' && rows.length < FIRST_ROWS) rows.push([...account, fields[1]].join('\t'));
  }
  return [`${total}\t0\t0\t0`, ...rows].join('\n');
};

// Go is told of everything through this one function; events that come before it
// is there wait for it, in order.
const waiting = [];
const tell = (...event) => (portico.event ? portico.event(...event) : void waiting.push(event));

// What is needed to paint is read first, and all else behind it: reading the
// directory takes as long as the rest together.
const read = async (area, ...keys) => {
  const stored = await chrome.storage[area].get(keys);
  return keys.map((key) => (typeof stored[key] === 'string' ? stored[key] : ''));
};

const portico = globalThis.portico = {
  paint,
  stored: null, // what Go starts with
  event: null, // Go's one function, once it is there
  ready() { // called by Go when it has taken over
    for (const event of waiting.splice(0)) portico.event(...event);
  },
};

const first = (rows, text) => {
  at('list').hidden = at('top').hidden = false;
  query.value = text;
  paint(rows);
  query.focus();
  query.select(); // what was searched last shows, and typing replaces it
};

const start = async () => {
  const [[portals, settings], [view]] = await Promise.all([read('local', 'portals', 'settings'), read('session', 'view')]);
  format.value = /^copyFormat\t(.*)$/m.exec(settings)?.[1] ?? format.value;
  const active = portals.split('\n', 1)[0];
  const [last, lastRows] = view.split('\n\n');
  const [head] = lastRows ? [lastRows] : await read('local', `head:${active}`);
  const rest = Promise.all([read('local', `directory:${active}`), read('session', `status:${active}`)]);
  // A directory stored by an earlier version has no head of its own.
  const rows = head || firstRows((await rest)[0][0]);
  if (!rows.startsWith('0\t')) first(rows, /^query\t(.*)$/m.exec(last)?.[1].replaceAll('\\\\', '\\') ?? '');
  // Behind the first frame: started any earlier, Go would delay it.
  requestAnimationFrame(() => setTimeout(async () => {
    await import('../wasm_exec.js');
    const go = new Go();
    const [{ instance }, [[directory], [status]]] = await Promise.all([
      WebAssembly.instantiateStreaming(fetch('../popup.wasm'), go.importObject), rest]);
    portico.stored = { portals, settings, view, directory, status };
    go.run(instance);
  }));
};

const ours = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter']);
// On the choice of format, arrows and the space bar open it, so that one choice is
// made and not one at every arrow. Whatever else means something in the search
// field goes there, and so does the focus, as it does after a choice.
const opening = new Set(['ArrowDown', 'ArrowUp', ' ']);
const chooses = (e) => {
  if (opening.has(e.key)) format.showPicker();
  else if (e.key === 'Escape') query.focus();
  else {
    if (e.key.length === 1 || ours.has(e.key)) query.focus();
    return false;
  }
  e.preventDefault();
  return true;
};
format.addEventListener('change', () => {
  tell('format', format.value);
  query.focus();
});
document.addEventListener('keydown', (e) => {
  if (e.isComposing) return;
  if (e.target === format && chooses(e)) return;
  if (document.activeElement !== query && e.key !== 'Escape') return;
  const handled = portico.event ? tell('key', e.key, e.ctrlKey || e.metaKey, e.shiftKey, e.altKey)
    : (ours.has(e.key) && (tell('key', e.key, e.ctrlKey || e.metaKey, e.shiftKey, e.altKey), true));
  if (handled) e.preventDefault();
});
query.addEventListener('input', (e) => { if (!e.isComposing) tell('type', query.value); });
query.addEventListener('compositionend', () => tell('type', query.value));
const tellScroll = () => {
  scrolled = list.scrollTop;
  if (list.clientHeight > 0) tell('scroll', Math.floor(scrolled / ROW), Math.floor(list.clientHeight / ROW));
};
list.addEventListener('scroll', tellScroll);
new ResizeObserver(tellScroll).observe(list);
list.addEventListener('dblclick', () => tell('act', 'copy'));
// A click leaves the focus where it was: on the search field.
at('list').addEventListener('mousedown', (e) => { if (e.target !== query && !e.target.closest('.format')) e.preventDefault(); });
document.addEventListener('click', (e) => {
  const row = e.target.closest('.row');
  const button = e.target.closest('button');
  if (row) tell('select', row.ariaPosInSet - 1);
  else if (button?.dataset.portal) tell('portal', button.dataset.portal);
  else if (button?.dataset.action) tell('act', button.dataset.action);
  else if (!e.target.closest('#menu') && portico.event) tell('outside');
});
// A click beside the popup takes its focus first. Where the browser is quick,
// pagehide is too late for a write.
for (const leaving of ['blur', 'pagehide']) addEventListener(leaving, () => { portico.event?.('leave'); });
at('add-form').addEventListener('submit', (e) => {
  e.preventDefault();
  tell('add', at('start-url').value, at('region').value);
});
chrome.storage.onChanged.addListener((changes, area) => {
  for (const [key, { newValue = '' }] of Object.entries(changes)) tell('stored', area, key, newValue);
});
if (/Mac/.test(navigator.platform)) {
  for (const key of document.querySelectorAll('[data-mod]')) key.textContent = key.textContent.replace('Ctrl ', '⌘');
}

start();
