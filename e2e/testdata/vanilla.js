// The yardstick: the strongest popup that plain JavaScript makes, for what
// Portico shows and nothing else. It stores what it needs in the form it needs:
// a head of as many rows as fit, painted first, and one text of all rows, read
// right after and searched by indexOf.
const ROW = 28;
const at = (id) => document.getElementById(id);
const query = at('query');
const list = at('rows');
const sizer = at('sizer');
const make = (id) => at(id).content.firstElementChild.cloneNode(true);
const groups = [];
const pool = [];

const fill = (cell, text, term) => {
  const from = term ? text.toLowerCase().indexOf(term) : -1;
  if (from < 0) {
    cell.textContent = text;
    return;
  }
  const mark = document.createElement('mark');
  mark.textContent = text.slice(from, from + term.length);
  cell.replaceChildren(text.slice(0, from), mark, text.slice(from + term.length));
};

// Rows of one account stand together below its name.
const paint = (rows, total, term) => {
  sizer.style.height = `${total * ROW}px`;
  let used = 0;
  let last = '';
  let place = 0;
  rows.forEach((line, i) => {
    const [name, id, role] = line.split('\t');
    if (id !== last) {
      const group = groups[used++] ??= make('account');
      const cells = group.firstElementChild.children;
      fill(cells[0], name, term);
      fill(cells[2], id, term);
      last = id;
      place = 0;
    }
    const group = groups[used - 1];
    const row = pool[i] ??= make('row');
    fill(row.firstElementChild, role, term);
    if (group.children[++place] !== row) group.insertBefore(row, group.children[place] ?? null);
  });
  for (const row of pool.slice(rows.length)) row.remove();
  while (sizer.childElementCount > used) sizer.lastElementChild.remove();
  for (let i = sizer.childElementCount; i < used; i++) sizer.append(groups[i]);
};

let all = ''; // `account name <TAB> account ID <TAB> role` a line
let lower = '';

// answer finds the lines that hold the term, in one pass over one text.
const answer = () => {
  if (!all) return; // what was typed is answered as soon as there is anything
  const term = query.value.toLowerCase();
  const fits = Math.ceil(list.clientHeight / ROW) + 3;
  const rows = [];
  let total = 0;
  for (let i = lower.indexOf(term); i >= 0; total++) {
    const end = lower.indexOf('\n', i);
    if (rows.length < fits) rows.push(all.slice(lower.lastIndexOf('\n', i) + 1, end));
    i = lower.indexOf(term, end + 1);
  }
  paint(rows, total, term);
};

query.addEventListener('input', answer);
for (const id of ['list', 'top', 'rows']) at(id).hidden = false;
query.focus();
const { head } = await chrome.storage.local.get('head');
paint(head.rows, head.total);
({ all } = await chrome.storage.local.get('all'));
lower = all.toLowerCase();
if (query.value) answer();
