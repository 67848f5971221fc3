// Profiles for ~/.aws/config: shown, and handed over. The worker writes them; no
// secret is in them, and nothing of it is kept.
import { ask, copy, portals, save } from './ask.js';
import { say } from './say.js';

const at = (id) => document.getElementById(id);
const fields = ['portal', 'account', 'role', 'existing'];
const field = (name) => at(`profiles-${name}`);
const shown = at('profiles-text');

let timer = 0;
let last = 0; // of several that were asked for the last is shown
const write = async () => {
  const mine = ++last;
  try {
    const { text, changes } = await ask('profiles.write', Object.fromEntries(fields.map((name) => [name, field(name).value])));
    if (mine !== last) return;
    shown.textContent = text;
    at('profiles-changes').replaceChildren(...changes.split('\n').map((line) => Object.assign(document.createElement('li'), { textContent: line })));
    at('profiles-error').textContent = '';
  } catch (error) {
    if (mine !== last) return;
    shown.textContent = '';
    at('profiles-changes').replaceChildren();
    at('profiles-error').textContent = error.message;
  }
  at('profiles-result').hidden = !shown.textContent;
};

for (const name of fields) {
  field(name).addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
}
at('profiles-copy').addEventListener('click', async () => say(at('profiles-said'), await copy(shown)));
at('profiles-save').addEventListener('click', () => {
  save(shown.textContent, 'config', 'text/plain');
  say(at('profiles-said'), 'Saved as a download: put it at ~/.aws/config.');
});

// What the settings above say of names and Regions is in it, too.
export const profilesChanged = () => { if (!at('profiles-result').hidden) write(); };

export const start = async () => {
  const all = await portals();
  at('profiles').hidden = all.length === 0;
  for (const [id, address] of all) field('portal').append(new Option(address, id));
  if (all.length) await write();
};
