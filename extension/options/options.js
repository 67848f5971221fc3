// The settings' page: it shows what is chosen, and has the worker keep each change,
// which knows what can be chosen. What is wrong with one is said beside it.
import { ask, copy, portals } from './ask.js';
import { start as startData } from './data.js';
import { show as showManaged } from './managed.js';
import { profilesChanged, start as startProfiles } from './profiles.js';
import { say as sayAt } from './say.js';

const at = (id) => document.getElementById(id);
const controls = [...document.querySelectorAll('[data-setting]')];
const rules = at('rules');

// What a control says of its setting, and the other way round.
const valueOf = (control) => (control.type === 'checkbox' ? control.checked !== 'inverted' in control.dataset && 'true' || '' : control.value);
const show = (control, value) => {
  if (control.type === 'checkbox') control.checked = (value === 'true') !== 'inverted' in control.dataset;
  else if (control.matches('select') && !value) control.selectedIndex = 0;
  else if (control.value !== value) control.value = value;
};

// Rules are lines of six texts with tabs between; internal/message says which.
const parts = (rule) => [...rule.querySelectorAll('[data-part]')];
const rulesText = () => [...rules.children].filter((rule) => rule.matches('.rule'))
  .map((rule) => parts(rule).map((part) => part.value.replaceAll(/\s+/g, ' ').trim()))
  .filter((texts) => texts.some(Boolean)).map((texts) => `${texts.join('\t')}\n`).join('');

const wrong = (control, text) => {
  const id = `${control.id}-error`;
  let error = at(id);
  if (!error && !text) return;
  if (!error) {
    error = Object.assign(document.createElement('p'), { id, className: 'error', role: 'alert' });
    control.closest('.setting').append(error);
    control.setAttribute('aria-describedby', [control.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  }
  error.textContent = text;
  if (control !== rules) control.ariaInvalid = text ? 'true' : 'false';
};

let saidLast = 0;
const say = (text) => {
  at('said').textContent = text;
  clearTimeout(saidLast);
  saidLast = setTimeout(() => { at('said').textContent = ''; }, 5000);
};

// What was changed and not yet kept, by name.
let changes = {};
let timer = 0;
const keep = async () => {
  clearTimeout(timer);
  const now = changes;
  changes = {};
  if (!Object.keys(now).length) return;
  try {
    await ask('settings.set', now);
    for (const name of Object.keys(now)) wrong(at(name), '');
    say('Kept.');
    profilesChanged();
  } catch (error) {
    say('');
    wrong(at(error.field in now ? error.field : Object.keys(now)[0]), error.message);
  }
  await sample();
};
const change = (name, value, now) => {
  changes[name] = value;
  // A template is wrong or right for what it is pasted into.
  if (name === 'template' || name === 'shell') for (const id of ['template', 'shell']) changes[id] = valueOf(at(id));
  clearTimeout(timer);
  if (now) keep();
  else timer = setTimeout(keep, 300);
};

const sample = async () => {
  try {
    const all = Object.fromEntries(controls.map((control) => [control.id, valueOf(control)]));
    const { text, unset } = await ask('settings.sample', all);
    at('sample').textContent = text;
    at('unset').textContent = unset;
    at('undo').hidden = !unset;
  } catch {} // what is wrong is said beside it
};

const addRule = async (texts = []) => {
  const rule = at('rule').content.firstElementChild.cloneNode(true);
  const [portal, , , format] = parts(rule);
  for (const [id, address] of await portals()) portal.append(new Option(address, id));
  for (const { text, value } of at('copyFormat').options) format.append(new Option(text, value));
  parts(rule).forEach((part, i) => {
    const text = texts[i] ?? '';
    if (part.matches('select') && ![...part.options].some(({ value }) => value === text)) part.append(new Option(text, text));
    part.value = text;
    part.addEventListener('input', () => change('rules', rulesText(), part.matches('select')));
  });
  rule.querySelector('[data-remove]').addEventListener('click', () => {
    rule.remove();
    number();
    at('add-rule').focus();
    change('rules', rulesText(), true);
  });
  rules.append(rule);
  number();
  return rule;
};
const number = () => {
  document.querySelectorAll('.rule legend').forEach((legend, i) => { legend.textContent = `Rule ${i + 1}`; });
};

let shown = ''; // the rules that show
const load = async () => {
  const settings = await ask('settings.get', {});
  for (const control of controls) if (control !== document.activeElement && !(control.id in changes)) show(control, settings[control.id] ?? '');
  // What somebody is writing is not written anew by what they wrote before.
  if (!('rules' in changes) && !rules.contains(document.activeElement)) {
    if (settings.rules !== shown && settings.rules !== rulesText()) {
      for (const rule of rules.querySelectorAll('.rule')) rule.remove();
      for (const line of settings.rules.split('\n').filter(Boolean)) await addRule(line.split('\t'));
    }
    shown = settings.rules;
  }
  await showManaged();
  await sample();
};

for (const control of controls) {
  control.addEventListener('input', async () => {
    const permissions = control.dataset.permissions?.split(' ');
    // Only inside the event itself may the browser be asked.
    if (permissions && control.value && !await chrome.permissions.request({ permissions }).catch(() => false)) {
      show(control, '');
      wrong(control, `Nothing changes: for this ${control.dataset.refused}.`);
      return;
    }
    change(control.id, valueOf(control), control.type === 'checkbox' || control.matches('select'));
    finishing();
  });
  control.addEventListener('change', keep);
}
addEventListener('pagehide', keep);
at('add-rule').addEventListener('click', async () => (await addRule()).querySelector('[data-part=account]').focus());
at('copy-unset').addEventListener('click', async () => sayAt(at('unset-said'), await copy(at('unset'))));

// Whether a copy whose window is gone is finished depends on permissions alone.
const FINISH = { permissions: ['clipboardWrite', 'offscreen'] };
const FINISHES = chrome.runtime.getManifest().optional_permissions.includes('offscreen'); // some browsers have no such page
at('clear-setting').hidden = !FINISHES;
at('lock-setting').hidden = !chrome.runtime.getManifest().optional_permissions.includes('idle');
const finishing = async () => {
  const granted = FINISHES && await chrome.permissions.contains(FINISH);
  at('finish').hidden = granted || !FINISHES;
  at('finish-says').textContent = granted ? 'Copies are finished, also after the window has closed.' : 'A copy is lost if its window closes before the portal has answered.';
};
at('finish').addEventListener('click', async () => {
  const granted = await chrome.permissions.request(FINISH);
  await finishing();
  sayAt(at('finish-said'), granted ? '' : 'Nothing changes: for this the browser has to let Portico write the clipboard.', !granted);
  if (granted) at('finish-says').focus(); // the button is gone
});

at('find').addEventListener('input', () => {
  const wanted = at('find').value.trim().toLowerCase();
  for (const section of document.querySelectorAll('section')) section.hidden = !section.textContent.toLowerCase().includes(wanted);
  at('none').hidden = !!document.querySelector('section:not([hidden])');
});

chrome.storage.onChanged.addListener((changed, area) => { if (area === 'local' && changed.settings) load().catch(failed); });
const failed = (error) => { say(''); at('none').hidden = false; at('none').textContent = error.message; };
finishing();
load().then(() => Promise.all([startProfiles(), startData()])).catch(failed).finally(() => { document.body.ariaBusy = null; });
