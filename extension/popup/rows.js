// The one row painter, and the memory of what it painted when: events say by it
// what they were aimed at.

const ROW = 48; // px, as in popup.css
const FIRST_ROWS = 12; // as many as can show: internal/directory's HeadRows

const at = (id) => document.getElementById(id);
const query = at('query');
const list = at('rows');
const sizer = at('sizer');
const closest = at('closest');

// A sight is what some part of the screen said, and since when, newest last. What
// a person's own press changes, they know of before they see it; any other change
// may come between the press of a key and the moment in which we hear of it.
const MEMORY = 8;
let own = false;
const turn = (sight, now) => {
  if (sight.at(-1)?.[1] === now) return;
  if (own) sight.length = 0;
  sight.push([own ? 0 : performance.now(), now]);
  if (sight.length > MEMORY) sight.shift();
};
const seen = (sight, event) => sight.findLast(([since]) => since <= event.timeStamp)?.[1] ?? '';

// asOwn does what a person's own press calls for.
export const asOwn = (doIt) => {
  own = true;
  try {
    return doIt();
  } finally {
    own = false;
  }
};

const place = []; // sight of the portal and the screen
const selection = []; // sight of the selected row
let portal = '';
export const shows = (id, screen) => {
  portal = id;
  turn(place, `${id}\t${screen}`);
};

// An aim is a portal, an account and a role, as palette's Aim has them.
const noRow = (event) => [seen(place, event).split('\t')[0], '', ''];
const aim = (key, event) => (key ? key.replace(/[\x01\x02]/g, '').split('\t') : noRow(event));
export const aimAtSelection = (event) => aim(seen(place, event).endsWith('\tlist') && seen(selection, event), event);
// A row that was painted after a press is not what was pressed: that was there.
export const aimAtRow = (row, event) => aim(seen(pool.find((slot) => slot.row === row).sight.slice(-1), event), event);

// Rows are recycled, and a paint touches only what differs from the last one:
// that is most of what a keystroke costs.
const pool = [];
const newRow = () => {
  const row = at('row').content.firstElementChild.cloneNode(true);
  return { row, cells: [...row.children], texts: [], name: '', sight: [], index: -1, total: -1, selected: null };
};

// Texts come with some of their parts between two control characters, which become
// elements: matched letters in a row, names in a sentence. Names have no such
// characters of their own, and reach the page as text alone, never as markup.
export const parted = (text, borders, tag) => text.split(borders).map((part, i) => {
  if (i % 2 === 0) return part;
  const element = document.createElement(tag);
  element.textContent = part;
  return element;
});
const STRONG = '2'; // the mark of an administrator in a guarded account, as in internal/directory
const MATCHED = /[\x01\x02]/g;

// Long names of one organisation begin alike and differ at their ends: one that a
// line may be too short for comes in two parts, of which the first is cut.
const LONG = 34; // letters that fit on any line
const TAIL = 14;
const CLINGS = /^[\p{M}\p{Cs}\p{EMod}\p{RI}\u200c\u200d]/u; // to the letter before it

// tailOf gives where the end of a text begins that stays in view: never inside of
// what shows as one letter, nor beside a mark's border.
const tailOf = (text) => {
  let from = text.length;
  for (let letters = 0; letters < TAIL;) if (text[--from] > '\x02') letters++;
  while (from > 0 && (CLINGS.test(text.slice(from, from + 2)) || /[\u200c\u200d\x01]/.test(text[from - 1]))) from--;
  return from;
};
const part = (className, text) => {
  const element = document.createElement('span');
  element.className = className;
  element.append(...parted(text, MATCHED, 'mark'));
  return element;
};
const inTwo = (text) => {
  const from = tailOf(text);
  const head = text.slice(0, from);
  const cutsMatch = head.lastIndexOf('\x01') > head.lastIndexOf('\x02');
  return [part('head', head), part('tail', (cutsMatch ? '\x01' : '') + text.slice(from))];
};
const fill = (cell, text) => {
  const plain = text.replaceAll(MATCHED, '');
  const long = plain.length > LONG;
  if (long) cell.replaceChildren(...inTwo(text));
  else if (plain !== text) cell.replaceChildren(...parted(text, MATCHED, 'mark'));
  else cell.textContent = text;
  cell.classList.toggle('long', long);
  cell.title = plain; // for whom a long name is cut
};

// A row is called after what it is, not where: screen readers take one of the same
// ID for the one they have read already. A clipped name may be another's, too.
const callAfter = (slot, [, account, role]) => {
  if (slot.texts[1] === account && slot.texts[2] === role) return slot.name;
  return slot.name = `row-${encodeURIComponent(`${account}/${role}`.replaceAll(MATCHED, ''))}`;
};
const idsOf = (rows) => {
  const ids = new Set();
  rows.forEach((texts, i) => {
    const id = callAfter(pool[i], texts);
    ids.add(ids.has(id) ? `${id}/${ids.size}` : id);
  });
  return [...ids];
};

// A screen reader would read the two parts of a long name as two words, so such a
// row is named as a whole.
const named = ({ row, cells, texts }) => {
  const says = cells.map((cell) => cell.title);
  if (texts[4] === STRONG) says.push(cells[3].dataset.careful = 'guarded admin');
  row.classList.toggle('noted', texts[3] !== '' || texts[4] === STRONG);
  row.classList.toggle('guarded', texts[4] !== '');
  row.classList.toggle('strong', texts[4] === STRONG);
  row.ariaLabel = says.some((text) => text.length > LONG) ? says.join(' ').trim() : null;
};

const move = (slot, id, index, total, selected) => {
  const { row } = slot;
  if (row.id !== id) row.id = id;
  if (slot.index !== index) {
    slot.index = index;
    row.style.top = `${index * ROW}px`;
    row.ariaPosInSet = index + 1;
  }
  if (slot.total !== total) row.ariaSetSize = slot.total = total;
  if (slot.selected !== selected) row.ariaSelected = slot.selected = selected;
};

// paint takes the text that palette's Model.rows describes.
let height = -1;
let scrolled = 0; // asking the list itself would have the page laid out at once
export const paint = (text) => {
  const [head, ...lines] = text.split('\n');
  const [[total, first, selected, scrollTo], heading = ''] = [head.split('\t', 4).map(Number), head.split('\t')[4]];
  if (height !== total * ROW) sizer.style.height = `${height = total * ROW}px`;
  while (pool.length < lines.length) pool.push(newRow());
  let key = '';
  const rows = lines.map((line) => line.split('\t'));
  const ids = idsOf(rows);
  rows.forEach((texts, i) => {
    const slot = pool[i];
    move(slot, ids[i], first + i, total, first + i === selected);
    let other = false;
    for (let j = 0; j < 5; j++) {
      const says = texts[j] ?? ''; // note and mark are there for some rows
      if (slot.texts[j] === says) continue;
      slot.texts[j] = says;
      if (j < 4) fill(slot.cells[j], says);
      other = true;
    }
    if (other) named(slot);
    const is = `${portal}\t${texts[1]}\t${texts[2]}`;
    turn(slot.sight, is);
    if (first + i === selected) key = is;
  });
  if (key || selected < 0) turn(selection, key); // else it is scrolled away, and still named below the list
  while (sizer.childElementCount > lines.length) sizer.lastElementChild.remove();
  for (let i = sizer.childElementCount; i < lines.length; i++) sizer.append(pool[i].row);
  if (closest.textContent !== heading) closest.textContent = heading;
  closest.hidden = !heading;
  const shown = total > 0;
  list.hidden = !shown;
  query.ariaExpanded = shown;
  if (shown && selected >= first && selected < first + lines.length) query.setAttribute('aria-activedescendant', ids[selected - first]);
  else query.removeAttribute('aria-activedescendant');
  // Scrolled away it is no option that a screen reader could read, but is still named.
  if (shown && selected >= 0 && !query.hasAttribute('aria-activedescendant')) query.setAttribute('aria-describedby', 'target');
  else query.removeAttribute('aria-describedby');
  if (scrollTo >= 0 && scrollTo * ROW !== scrolled) list.scrollTop = scrolled = scrollTo * ROW;
};

// onScroll tells of the first row that shows and of how many fit.
export const onScroll = (tell) => {
  const look = () => {
    scrolled = list.scrollTop;
    if (list.clientHeight > 0) tell(Math.floor(scrolled / ROW), Math.floor(list.clientHeight / ROW));
  };
  list.addEventListener('scroll', look);
  new ResizeObserver(look).observe(list);
};

// firstRows turns the parts of a stored directory (internal/directory's snapshot)
// into the painter's text. Names are stored in the form in which they are shown.
const FIELDS = 5; // of an account, before its roles
export const firstRows = (parts) => {
  const count = (sign) => parts.split(sign).length - 1;
  const rows = parts.split('\n', FIRST_ROWS * 2).flatMap((line) => {
    const [id, name, , , , ...roles] = line.split('\t');
    return roles.map((role) => [name, id, role].join('\t'));
  });
  return [`${count('\t') - (FIELDS - 1) * count('\n')}\t0\t0\t0`, ...rows.slice(0, FIRST_ROWS)].join('\n');
};
