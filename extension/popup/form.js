// The add-portal form's memory: what was typed outlives the popup, which closes at
// every look at the page that the start URL is copied from. It is forgotten once
// the portal is added or the form is left.

const KEY = 'form'; // in session storage: start URL, region, then the portals there were
const fields = ['start-url', 'region'].map((id) => document.getElementById(id));
let portals = '';

const keep = () => chrome.storage.session.set({ [KEY]: [...fields.map((field) => field.value), portals].join('\n') });
for (const field of fields) {
  field.addEventListener('input', () => {
    keep();
    refused('', ''); // that was of another text
    document.getElementById('add-other').hidden = true;
  });
}

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

// refused says what is wrong with the form, where that can be put right: at the
// field of that ID, if it is about one.
export const refused = (text, wrong) => {
  document.getElementById('add-error').textContent = text;
  for (const field of fields) {
    field.ariaInvalid = field.id === wrong ? 'true' : null;
    const hints = [field.id === wrong && 'add-error', field.id === 'region' && 'region-hint'].filter(Boolean);
    if (hints.length) field.setAttribute('aria-describedby', hints.join(' '));
    else field.removeAttribute('aria-describedby');
    if (field.id === wrong) field.focus();
  }
};

let open = false;
export const formIs = (shown) => {
  if (open && !shown) forget();
  if (shown && !open) import('./look.js').then(({ opened }) => opened());
  open = shown;
};
export const portalsAre = (now) => { portals = now; };
