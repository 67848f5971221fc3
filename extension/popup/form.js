// The add-portal form's memory: what was typed outlives the popup, which closes at
// every look at the page that the start URL is copied from. It is forgotten once
// the portal is added or the form is left.

const KEY = 'form'; // in session storage: start URL, region, then the portals there were
const fields = ['start-url', 'region'].map((id) => document.getElementById(id));
let portals = '';

const keep = () => chrome.storage.session.set({ [KEY]: [...fields.map((field) => field.value), portals].join('\n') });
for (const field of fields) field.addEventListener('input', keep);

// recall puts back what was typed. Where other portals are stored than then, it
// was added after the popup had closed.
export const recall = (stored, now) => {
  portals = now;
  const [startURL, region, ...then] = stored.split('\n');
  if (stored && then.join('\n') === portals) [startURL, region].forEach((text, i) => { fields[i].value = text; });
  else if (stored) forget();
};

const forget = () => {
  for (const field of fields) field.value = '';
  chrome.storage.session.remove(KEY);
};

let open = false;
export const formIs = (shown) => {
  if (open && !shown) forget();
  open = shown;
};
chrome.storage.local.onChanged.addListener(({ portals: changed }) => { if (changed) portals = changed.newValue ?? ''; });
