// What the popup does in Firefox in its own way.
import { ask } from '../options/ask.js';

const at = (id) => document.getElementById(id);

// Firefox may be asked inside the event alone, even for what is granted already, so
// that was done when Go comes to it.
export const otherwise = { 'permissions.request': (wanted) => chrome.permissions.contains(wanted) };

// changeShortcut leads to where the key that opens Portico is changed.
export const changeShortcut = () => chrome.commands.openShortcutSettings();

// The hosts of the portal that shows, and of the one in the form: they have to be here
// before the click.
const hosts = { shown: [], form: [] };
const learn = async (of, startUrl, region) => {
  hosts[of] = [];
  const { origins } = startUrl ? await ask('portal.look', { startUrl, region }).catch(() => ({})) : {};
  hosts[of] = origins ? origins.split(' ') : [];
};
const learnShown = async () => {
  const { portals } = await chrome.storage.local.get('portals');
  const [active, ...all] = String(portals ?? '').split('\n');
  const [, startUrl, region] = all.map((line) => line.split('\t')).find(([id]) => id === active) ?? [];
  learn('shown', startUrl, region);
};
const fields = ['start-url', 'region'].map(at);
const learnForm = () => learn('form', ...fields.map((field) => field.value));
for (const field of fields) field.addEventListener('input', learnForm);
chrome.storage.onChanged.addListener((changes) => { if (changes.portals || changes.settings) learnShown(); });
learnShown();

// What an event takes. A code leads to no page of this computer.
const taken = {
  add: () => ({ origins: hosts.form }),
  'add-by-code': () => ({ origins: hosts.form.filter((origin) => origin.startsWith('https:')) }),
  signin: () => ({ origins: hosts.shown }),
  'fresh-session': () => ({ origins: hosts.shown }),
  'use-code': () => ({ origins: hosts.shown.filter((origin) => origin.startsWith('https:')) }),
  bookmark: () => ({ permissions: ['bookmarks'] }),
};

export const asking = (event, go) => {
  const wanted = taken[event]?.() ?? {};
  if (!Object.values(wanted).flat().length) return go();
  chrome.permissions.request(wanted).catch(() => false).then(go); // Go sees what came of it
  return true;
};

// The panel stays open where Chromium closes the popup: when another tab shows.
chrome.tabs.onActivated.addListener(() => {
  if (chrome.extension.getViews({ type: 'popup' }).includes(window)) close();
});
at('add-asks').textContent = 'The browser asks for access.';
