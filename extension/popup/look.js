// What the add-portal form shows while it is filled in: where the portal is and what
// will be asked, the regions it may be in, and the portal that the tab shows.
import { ask, managed } from '../options/ask.js';

const at = (id) => document.getElementById(id);
const startURL = at('start-url');
const region = at('region');

let front = ''; // what is typed, if that is a company's own address
let latest; // what was asked last: answers may come in another order
const look = async () => {
  const args = latest = { startUrl: startURL.value, region: region.value };
  const seen = args.startUrl ? await ask('portal.look', args).catch(() => ({})) : {};
  if (args !== latest) return;
  front = seen.front ?? '';
  at('add-front').hidden = !seen.front;
  at('add-front-host').textContent = front.replace(/^\w+:\/\//, '');
  at('add-sees').textContent = seen.says ?? '';
  at('regions').replaceChildren(...(seen.regions ?? '').split(' ').map((name) => Object.assign(document.createElement('option'), { value: name })));
};

// The browser tells a tab's address to who was opened on it, and to nobody else.
const lookAtTab = async () => {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const seen = tab?.url && await ask('portal.look', { startUrl: tab.url, region: '' }).catch(() => null);
  const { portals = '' } = await chrome.storage.local.get('portals');
  if (!seen?.host || String(portals).includes(`//${seen.host}`)) return;
  at('add-tab-host').textContent = seen.host;
  at('add-tab').hidden = false;
  at('add-tab').onclick = () => fill(tab.url, seen.region);
};

// fill puts a portal into the form, as if it had been typed.
const fill = (url, where) => {
  const led = front;
  startURL.value = url;
  region.value = where;
  for (const field of [startURL, region]) field.dispatchEvent(new Event('input'));
  at('add-form').dataset.front = led;
  (where ? at('add-submit') : region).focus();
};

// Portals of the organisation that manages the browser are offered; who adds one is shown
// and asked the same as with any other.
const offerManaged = async () => {
  const [{ portals: offered }, { portals = '' }] = await Promise.all([managed(), chrome.storage.local.get('portals')]);
  at('add-managed').replaceChildren(...offered.filter(([url]) => !String(portals).includes(`\t${url}\t`)).map(([url, where]) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Use your organisation’s portal: ' });
    button.append(Object.assign(document.createElement('bdi'), { textContent: url.replace(/^\w+:\/\//, '') }), ` · ${where}`);
    button.addEventListener('click', () => {
      fill(url, where);
      delete at('add-form').dataset.front;
    });
    return button;
  }));
};
chrome.storage.onChanged.addListener((changed, area) => { if (area === 'local' && (changed.managed || changed.portals)) offerManaged(); });

// landed tells which page shows, where a sign-in began by a company's own address.
export const landed = async (portal) => {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.url) await ask('portal.landed', { portal, url: tab.url }).catch(() => {});
};

at('add-front').addEventListener('click', () => ask('portal.open', { startUrl: front }).catch(() => {}));
startURL.addEventListener('input', () => { delete at('add-form').dataset.front; });
for (const field of [startURL, region]) field.addEventListener('input', look);
// opened is called when the form comes to be shown.
export const opened = () => {
  look();
  lookAtTab();
  offerManaged();
};
