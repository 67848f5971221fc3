// The yardstick: the same page painted by the least JavaScript that does it,
// without Go. It reads what Portico reads and shows the same first rows.
const { portals = '' } = await chrome.storage.local.get('portals');
const key = `directory:${portals.split('\n', 1)[0]}`;
const { [key]: directory = '' } = await chrome.storage.local.get(key);
const sizer = document.getElementById('sizer');
let account = [];
let n = 0;
for (const line of directory.split('\n', 60)) {
  const [kind, ...fields] = line.split('\t');
  if (kind === 'A') account = fields;
  if (kind !== 'R' || n >= 20) continue;
  const row = document.getElementById('row').content.firstElementChild.cloneNode(true);
  row.style.top = `${48 * n++}px`;
  [account[1], account[0], fields[0]].forEach((text, i) => { row.children[i].textContent = text; });
  sizer.append(row);
}
for (const id of ['list', 'top', 'rows']) document.getElementById(id).hidden = false;
document.getElementById('query').focus();
