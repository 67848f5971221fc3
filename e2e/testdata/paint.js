// How the yardsticks paint: rows of one account stand together below its name, and
// elements are used again.
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

// fits is how many rows are painted.
const fits = () => Math.ceil(list.clientHeight / ROW) + 3;
