// The yardstick: the strongest popup that plain JavaScript makes, for what
// Portico shows and nothing else. It stores what it needs in the form it needs:
// a head of as many rows as fit, painted first, and one text of all rows, read
// right after and searched by indexOf.
let all = ''; // `account name <TAB> account ID <TAB> role` a line
let lower = '';

// answer finds the lines that hold the term, in one pass over one text.
const answer = () => {
  if (!all) return; // what was typed is answered as soon as there is anything
  const term = query.value.toLowerCase();
  const room = fits();
  const rows = [];
  let total = 0;
  for (let i = lower.indexOf(term); i >= 0; total++) {
    const end = lower.indexOf('\n', i);
    if (rows.length < room) rows.push(all.slice(lower.lastIndexOf('\n', i) + 1, end));
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
