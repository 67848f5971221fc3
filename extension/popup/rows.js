// The one row painter, and the memory of what it painted when: events say by it
// what they were aimed at.

const ROW = 28; // px, as in popup.css and internal/directory, which has the next as well
const FIRST_ROWS = 16; // as many as can show

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
  query.hidden = screen !== 'list';
};

// An aim is a portal, an account and a role, as palette's Aim has them.
const noRow = (event) => [seen(place, event).split('\t')[0], '', ''];
const aim = (key, event) => (key ? key.replace(/[\x01\x02]/g, '').split('\t') : noRow(event));
export const aimAtSelection = (event) => aim(seen(place, event).endsWith('\tlist') && seen(selection, event), event);
// A row that was painted after a press is not what was pressed: that was there.
export const aimAtRow = (row, event) => aim(seen(pool.find((slot) => slot.row === row).sight.slice(-1), event), event);

// Rows and what they stand in are recycled, and a paint touches only what differs from
// the last one: that is most of what a keystroke costs.
const pool = [];
const newRow = () => {
  const row = at('row').content.firstElementChild.cloneNode(true);
  return { row, cells: [...row.children], texts: [,,, '', ''], label: null, of: '', sight: [], index: -1, total: -1, selected: null };
};
// The names of accounts, each with its rows below it in a group.
const groups = [];
const newGroup = () => {
  const group = at('account').content.firstElementChild.cloneNode(true);
  const head = group.firstElementChild;
  return { group, head, cells: [...head.children], texts: [], said: '' };
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
const plainOf = (text) => text.replaceAll(MATCHED, '');

// pieces gives the letters from..to of a text as nodes: what matched is marked, and
// what is not its own, because the name above has it as well, stands back.
const pieces = (text, from, to, its = [0, Infinity]) => {
  const nodes = [];
  let begin = 0; // of the part, in letters
  text.split(MATCHED).forEach((part, i) => {
    const take = (tag, a, b) => {
      const letters = part.slice(Math.max(a - begin, 0), Math.max(b - begin, 0));
      if (letters) nodes.push(tag ? Object.assign(document.createElement(tag), { textContent: letters }) : letters);
    };
    if (i % 2) take('mark', from, to);
    else {
      take('i', from, Math.min(its[0], to));
      take('', Math.max(from, its[0]), Math.min(its[1], to));
      take('i', Math.max(from, its[1]), to);
    }
    begin += part.length;
  });
  return nodes;
};
const span = (className, nodes) => {
  const element = document.createElement('span');
  element.className = className;
  element.append(...nodes);
  return element;
};

// ownOf gives what a name has for its own, as the bounds of its letters: from the first
// word that the name above does not have there to the last.
const WORD = /[\p{L}\p{M}\p{N}\p{Cs}]/u;
const ownOf = (name, above) => {
  const most = Math.min(name.length, above.length);
  const inWord = (text, i) => i >= 0 && i < text.length && WORD.test(text[i]);
  let from = 0;
  while (from < most && name[from] === above[from]) from++;
  while (inWord(name, from - 1) && (inWord(name, from) || inWord(above, from))) from--;
  let left = 0; // after it
  const at = (text, i) => text.length - 1 - i;
  while (left < most - from && name[at(name, left)] === above[at(above, left)]) left++;
  while (left > 0 && inWord(name, at(name, left - 1)) && (inWord(name, at(name, left)) || inWord(above, at(above, left)))) left--;
  return [from, name.length - left];
};

// Long names of one organisation begin alike and differ at their ends. What a line may
// be too short for comes in two parts, of which the first is cut; an account's name
// then takes two lines.
const LONG = 34; // letters that fit on any line
const WIDE = 46; // on a line of their own
const TAIL = 14;
const CLINGS = /^[\p{M}\p{Cs}\p{EMod}\p{RI}\u200c\u200d]/u; // to the letter before it

// whole moves a cut to where it is inside of nothing that shows as one letter.
const whole = (text, from) => {
  while (from > 0 && (CLINGS.test(text.slice(from, from + 2)) || /[\u200c\u200d]/.test(text[from - 1]))) from--;
  return from;
};
const tailOf = (text) => whole(text, text.length - TAIL);

const fill = (cell, text) => {
  const plain = plainOf(text);
  const long = plain.length > LONG;
  if (long) cell.replaceChildren(span('head', pieces(text, 0, tailOf(plain))), span('tail', pieces(text, tailOf(plain), Infinity)));
  else if (plain !== text) cell.replaceChildren(...pieces(text, 0, Infinity));
  else cell.textContent = text;
  cell.classList.toggle('long', long);
  cell.title = plain; // for whom a long name is cut
};

// until gives how many letters are as wide as a number of Latin ones; internal/directory
// counts alike.
const until = (text, width) => {
  let letters = 0;
  for (const letter of text) {
    width -= letter < '\u1100' ? 1 : 2;
    if (width < 0) return letters;
    letters += letter.length;
  }
  return letters;
};
// breakOf gives where the second line of a name begins: at a word, if there is one.
const breakOf = (text) => {
  const most = whole(text, Math.min(until(text, WIDE), text.length - TAIL));
  for (let i = most; i > most / 2; i--) if (' -_/.'.includes(text[i - 1])) return i;
  return most;
};
// fillName writes an account's name below another's, and tells how high it is.
const fillName = ({ head, cells: [cell] }, text, above) => {
  const plain = plainOf(text);
  const its = above ? ownOf(plain, above) : [0, Infinity];
  const tall = until(plain, LONG) < plain.length;
  if (tall) {
    const [second, tail] = [breakOf(plain), tailOf(plain)];
    cell.replaceChildren(span('first', pieces(text, 0, second, its)),
      span('second long', [span('head', pieces(text, second, tail, its)), span('tail', pieces(text, tail, Infinity, its))]));
  } else if (its[0] > 0 || its[1] < plain.length || plain !== text) cell.replaceChildren(...pieces(text, 0, Infinity, its));
  else cell.textContent = text;
  cell.classList.toggle('wraps', tall);
  head.classList.toggle('alike', its[0] >= its[1]); // the ID alone tells them apart
  head.classList.toggle('tall', tall);
  cell.title = plain;
};
const fillGroup = (slot, name, id, environment, above) => {
  const texts = [name, id, environment, above];
  if (texts.every((text, i) => text === slot.texts[i])) return;
  slot.texts = texts;
  fillName(slot, name, above);
  fill(slot.cells[2], id);
  slot.cells[1].textContent = slot.cells[1].dataset.is = environment;
  slot.group.ariaLabel = slot.said = `${slot.cells[0].title} ${slot.cells[2].title}`;
};

// A row is called after what it is, not where: screen readers take one of the same
// ID for the one they have read already. A clipped name may be another's, too.
const idsOf = (keys) => {
  const ids = new Set();
  for (const key of keys) {
    const id = `row-${encodeURIComponent(key)}`;
    ids.add(ids.has(id) ? `${id}/${ids.size}` : id);
  }
  return [...ids];
};

// Few screen readers say which group an option is in while the focus stays in the
// search: so each says by itself of which account it is.
const named = ({ row, cells, texts, of }) => {
  const [, , mark, , label] = texts;
  const favourite = texts[3] !== '';
  if (mark === STRONG) cells[1].dataset.careful = 'guarded admin';
  row.classList.toggle('favourite', favourite);
  row.classList.toggle('guarded', mark !== '');
  row.classList.toggle('strong', mark === STRONG);
  // What shows comes first, in its order, for who speaks what they see.
  row.ariaLabel = [[cells[0].title, label, cells[1].title].filter(Boolean).join(' '), of, favourite && 'favourite', mark === STRONG && 'guarded admin'].filter(Boolean).join(', ');
};

const move = (slot, id, index, total, selected) => {
  const { row } = slot;
  if (row.id !== id) row.id = id;
  if (slot.index !== index) {
    slot.index = index;
    row.ariaPosInSet = index + 1;
  }
  if (slot.total !== total) row.ariaSetSize = slot.total = total;
  if (slot.selected !== selected) row.ariaSelected = slot.selected = selected;
};

// Few rows have a label, so that most are made without a place for one.
const labelled = (slot, text) => {
  if (!slot.label) slot.cells[1].before(slot.label = Object.assign(document.createElement('bdi'), { className: 'label' }), ' ');
  slot.label.textContent = slot.label.title = text;
  slot.label.hidden = !text;
};

// paint takes the text that palette's Model.rows describes.
const PLACES = [2, 3, 4, 6, 7]; // in a line of it, of what a slot's texts are
let height = -1;
let padding = -1;
let margin = 0; // in place of rows of the first account that are not painted
let scrolled = 0; // asking the list itself would have the page laid out at once
export const paint = (text) => {
  const [head, ...lines] = text.split('\n');
  const numbers = head.split('\t', 7).map(Number);
  const [total, first, selected, scrollTo, all, top = 0, before = 0] = numbers;
  let [above = '', heading = ''] = head.split('\t').slice(7);
  const rows = lines.map((line) => line.split('\t'));
  // Which rows stand in which group.
  let used = 0;
  let [name, id, shown] = ['', '', ''];
  let place = 0; // in the group
  const keys = rows.map((texts, i) => {
    // Earlier versions stored the name for each row.
    if ((texts[0] || texts[1]) && (!used || texts[0] !== name || texts[1] !== id)) {
      [name, id] = texts;
      const slot = groups[used++] ??= newGroup();
      fillGroup(slot, texts[0], texts[1], texts[5] ?? '', above);
      above = slot.cells[0].title;
      shown = slot.cells[2].title;
      place = 0;
    }
    const { group, said } = groups[used - 1];
    const slot = pool[i] ??= newRow();
    if (group.children[++place] !== slot.row) group.insertBefore(slot.row, group.children[place] ?? null);
    slot.other = slot.of !== said;
    slot.of = said;
    return `${shown}\t${plainOf(texts[2])}`;
  });
  const ids = idsOf(keys);
  let key = '';
  rows.forEach((texts, i) => {
    const slot = pool[i];
    move(slot, ids[i], first + i, total, first + i === selected);
    for (let j = 0; j < 5; j++) { // role, note, mark, star and label
      const says = texts[PLACES[j]] ?? '';
      if (slot.texts[j] === says) continue;
      slot.texts[j] = says;
      if (j < 2) fill(slot.cells[j], says);
      if (j === 4) labelled(slot, says);
      slot.other = true;
    }
    if (slot.other) named(slot);
    const is = `${portal}\t${keys[i]}`;
    turn(slot.sight, is);
    if (first + i === selected) key = is;
  });
  if (key || selected < 0) turn(selection, key); // else it is scrolled away, and still named below the list
  for (let i = rows.length; pool[i]?.row.parentNode; i++) pool[i].row.remove();
  while (sizer.childElementCount > used) sizer.lastElementChild.remove();
  for (let i = sizer.childElementCount; i < used; i++) sizer.append(groups[i].group);
  if (height !== all) sizer.style.height = all >= 0 ? `${all}px` : '';
  if (padding !== top) sizer.style.paddingTop = `${top}px`;
  if (margin !== before) pool[0].row.style.marginTop = `${before * ROW}px`;
  [height, padding, margin] = [all, top, before];
  if (closest.textContent !== heading) closest.textContent = heading;
  closest.hidden = !heading;
  const some = total > 0;
  list.hidden = !some;
  query.ariaExpanded = some;
  if (some && selected >= first && selected < first + lines.length) query.setAttribute('aria-activedescendant', ids[selected - first]);
  else query.removeAttribute('aria-activedescendant');
  // Scrolled away it is no option that a screen reader could read, but is still named.
  if (some && selected >= 0 && !query.hasAttribute('aria-activedescendant')) query.setAttribute('aria-describedby', 'target');
  else query.removeAttribute('aria-describedby');
  if (scrollTo >= 0 && scrollTo !== scrolled) list.scrollTop = scrolled = scrollTo;
};

// selectedRow gives what the selected row says, if it is painted: of which account and
// role it is, and whether it is to be used with care.
export const selectedRow = () => {
  const slot = pool.find(({ row }) => row.ariaSelected === 'true' && row.parentNode);
  if (!slot) return null;
  const [name, id, role] = [...slot.row.parentNode.querySelectorAll('.name, .id'), slot.cells[0]].map((cell) => cell.title);
  return { name, id, role, guarded: slot.texts[2] !== '' };
};

// onScroll tells what the list shows: from where on, and how much.
export const onScroll = (tell) => {
  const look = () => {
    scrolled = list.scrollTop;
    if (list.clientHeight > 0) tell(scrolled, list.clientHeight);
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
