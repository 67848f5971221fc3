// What the organisation that manages the browser has set: what nobody may change here says
// so, and whoever looks after the policy sees what can't hold of it.
import { managed } from './ask.js';

const at = (id) => document.getElementById(id);
const count = (n, one, many) => (n === 1 ? `1 ${one}` : `${n} ${many}`);
const line = (textContent) => Object.assign(document.createElement('li'), { textContent });

const says = ({ portals, chosen, locked }) => [
  `It has chosen ${count(chosen.length, 'setting', 'settings')}. ${locked.size ? `Of all, ${count(locked.size, 'can’t be changed here and says', 'can’t be changed here and say')} so.` : 'Each can be changed here.'}`,
  portals.length && `It offers ${count(portals.length, 'portal', 'portals')}, to be added in the popup: ${portals.map(([url, region]) => `${url.replace(/^https:\/\//, '')} · ${region}`).join(', ')}.`,
].filter(Boolean).join(' ');

// lock has nobody change what is in the place of a setting.
const lock = (place, locked) => {
  for (const control of place.querySelectorAll('input, select, textarea, button')) {
    if (locked) control.disabled = true;
    else if (place.dataset.locked) control.disabled = false;
  }
  const id = `${place.id || place.querySelector('[id]').id}-managed`;
  if (!locked) at(id)?.remove();
  else if (!at(id)) place.append(Object.assign(document.createElement('p'), { id, className: 'hint managed', textContent: 'Set by your organisation.' }));
  place.dataset.locked = locked ? 'true' : '';
};

// show is called whenever settings show; what is set apart from them has places of its own.
export const show = async () => {
  const now = await managed();
  for (const control of document.querySelectorAll('[data-setting]')) lock(control.closest('.setting'), now.locked.has(control.id));
  lock(at('rules'), now.locked.has('rules'));
  at('add-rule').disabled = now.locked.has('rules');
  for (const control of at('portals').querySelectorAll('[data-named]')) control.disabled = now.locked.has('portals');
  at('managed').hidden = !(now.portals.length + now.chosen.length + now.locked.size + now.wrong.length);
  at('managed-says').textContent = says(now);
  at('managed-wrong').replaceChildren(...now.wrong.map(line));
  at('managed-faults').hidden = !now.wrong.length;
};
chrome.storage.onChanged.addListener((changed, area) => { if (area === 'local' && changed.managed) show(); });
