// What is kept, as a whole: handed out, taken in, erased, and told of without names.
// No secret is in any of it.
import { ask, copy, portals, save } from './ask.js';
import { revoked } from './revoked.js';

const at = (id) => document.getElementById(id);
const said = (text) => { at('data-said').textContent = text; };
const FORM = 'portico-settings';
const VERSION = 1; // of that form

// What concerns this browser alone: what was agreed to, or told once.
const OWN = new Set(['consent', 'pinTold', 'copyTold']);
const stored = async () => {
  const [settings, all] = await Promise.all([ask('settings.get', {}), portals()]);
  const chosen = Object.fromEntries(Object.entries(settings).filter(([name, value]) => value && !OWN.has(name)));
  return { form: FORM, version: VERSION, portals: all.map(([, , startUrl, region, entrances]) => ({ startUrl, region, entrances })), settings: chosen };
};

at('export').addEventListener('click', async () => {
  try {
    save(`${JSON.stringify(await stored(), null, 2)}\n`, 'portico-settings.json', 'application/json');
    said('Saved as a download.');
  } catch (error) {
    said(error.message);
  }
});

// Import: nothing is changed before what would change was read and agreed to.
const text = (value) => typeof value === 'string' && value.length <= 20_000;
const parse = (json) => {
  let read;
  try {
    read = JSON.parse(json);
  } catch {
    throw Error('That is no file of Portico’s: it is not JSON. Choose one that was saved here.');
  }
  if (read?.form !== FORM) throw Error('That is no file of Portico’s. Choose one that was saved here.');
  if (read.version !== VERSION) throw Error('That file is of a later version of Portico. Update Portico, then try again.');
  const { portals: added = [], settings = {} } = read;
  const address = (p) => text(p?.startUrl) && text(p?.region);
  const sound = Array.isArray(added) && added.every((p) => address(p) && (p.entrances === undefined || Array.isArray(p.entrances) && p.entrances.every(address))) && Object.values(settings).every(text);
  if (!sound) throw Error('That file is damaged. Choose another.');
  return { added, settings };
};

let planned = null;
const plan = async (json) => {
  const { added, settings } = parse(json);
  const now = await stored();
  const known = new Set(now.portals.map(({ startUrl }) => startUrl));
  const names = Object.keys(await ask('settings.get', {})).filter((name) => !OWN.has(name));
  const changes = Object.fromEntries(names.filter((name) => name in settings && settings[name] !== (now.settings[name] ?? '')).map((name) => [name, settings[name]]));
  return { portals: added.filter(({ startUrl }) => !known.has(startUrl)), changes, before: now.settings };
};

const line = (textContent) => Object.assign(document.createElement('li'), { textContent });
const label = (name) => document.querySelector(`label[for="${name}"]`)?.textContent ?? at(name)?.closest('label')?.textContent.trim() ?? name;
const shown = (value) => (value ? `“${value.length > 200 ? `${value.slice(0, 200)}…` : value}”` : 'nothing');
const preview = () => {
  const lines = [
    ...planned.portals.flatMap(({ startUrl, region, entrances = [] }) => [`New portal at ${startUrl} in ${region}`,
      ...entrances.map((way) => `Another way to it: ${way.startUrl}${way.region && ` in ${way.region}`}`)]),
    ...Object.entries(planned.changes).map(([name, value]) => `${label(name)}: from ${shown(planned.before[name])} to ${shown(value)}`),
  ];
  at('import-changes').replaceChildren(...lines.map(line));
  at('import-preview').hidden = lines.length === 0;
  said(lines.length ? '' : 'Nothing would change: all of that is here already.');
};

at('import').addEventListener('change', async () => {
  at('import-preview').hidden = true;
  const [file] = at('import').files;
  if (!file) return;
  try {
    if (file.size > 1e6) throw Error('That file is too long to be one of Portico’s.');
    planned = await plan(await file.text());
    preview();
  } catch (error) {
    said(error.message);
  }
  at('import').value = '';
});
// add adds a portal with its entrances. Whoever wants to sign in does so in the popup.
const add = async ({ startUrl, region, entrances = [] }) => {
  const addOne = async (portal) => {
    const { portal: id } = await ask('portal.add', portal);
    await ask('signin.cancel', { portal: id });
    return id;
  };
  const front = entrances.find((way) => !way.region)?.startUrl ?? '';
  const id = await addOne({ startUrl, region, front });
  for (const way of entrances.filter((other) => other.region)) {
    const other = await addOne({ startUrl: way.startUrl, region: way.region });
    if (other !== id) await ask('portal.merge', { portal: other, into: id });
  }
  if (entrances.length) await addOne({ portal: id, startUrl, region }); // the way of one instance had its place
};

at('import-apply').addEventListener('click', async () => {
  at('import-preview').hidden = true;
  try {
    if (Object.keys(planned.changes).length) await ask('settings.set', planned.changes);
    for (const portal of planned.portals) await add(portal);
    said('Taken in.');
  } catch (error) {
    said(`Not all was taken in: ${error.message}`);
  }
  await list();
});
at('import-cancel').addEventListener('click', () => { at('import-preview').hidden = true; });

// Each portal can be removed here, too: with a second click, elsewhere than the first.
const COLOURS = ['pink', 'purple', 'darkBlue', 'lightBlue', 'teal', 'green', 'yellow', 'orange', 'red'];
// What the last listing that found anything new did find, as internal/directory's
// Changes has it.
const changesOf = (text) => {
  const [head, ...lines] = text.trimEnd().split('\n');
  const [run, came, went] = head.split('\t').map(Number);
  if (!came && !went) return '';
  const shown = lines.map((entry) => entry.split('\t')).map(([sign, account, name, role]) => line(`${sign === '+' ? 'New' : 'Gone'}: ${role} in ${name} (${account})`));
  const more = came + went - shown.length;
  if (more > 0) shown.push(line(`and ${more} more`));
  const details = document.createElement('details');
  const list = document.createElement('ul');
  list.append(...shown);
  details.append(Object.assign(document.createElement('summary'), { textContent: `Roles that changed: ${came} new, ${went} gone, as listed on ${new Date(run).toLocaleString()}` }), list);
  return details;
};
const row = ([id, address, , region, entrances], names, all, changed) => {
  const item = document.createElement('li');
  item.dataset.portal = id;
  const [called = '', colour = ''] = names.get(id) ?? [];
  const name = Object.assign(document.createElement('input'), { type: 'text', value: called, placeholder: 'Name', maxLength: 40, ariaLabel: `Name of ${address}` });
  const colours = Object.assign(document.createElement('select'), { ariaLabel: `Colour of ${address}` });
  colours.append(...['', ...COLOURS].map((value) => new Option(value.replace(/[A-Z]/, (c) => ` ${c.toLowerCase()}`) || 'no colour', value, false, value === colour)));
  for (const control of [name, colours]) control.addEventListener('change', keepNames);
  const button = (textContent, className) => Object.assign(document.createElement('button'), { type: 'button', textContent, className });
  const remove = button('Remove', '');
  const sure = button('Remove it, with all that is stored of it', 'danger');
  sure.hidden = true;
  remove.addEventListener('click', () => { sure.hidden = !sure.hidden; });
  const doing = async (type, args, done) => {
    try {
      await ask(type, { portal: id, ...args });
      said(done);
    } catch (error) {
      said(error.message);
    }
    await list();
  };
  sure.addEventListener('click', () => doing('portal.remove', {}, 'Removed.'));
  const marks = button('Save bookmarks', 'save-bookmarks');
  marks.addEventListener('click', async () => {
    try {
      save((await ask('bookmarks.export', { portal: id })).text, 'portico-bookmarks.html', 'text/html');
      said('Saved as a download. Colleagues import it in their browser’s bookmark manager; names and IDs of accounts are in it.');
    } catch (error) {
      said(error.message);
    }
  });
  const others = all.filter(([other]) => other !== id);
  const merge = Object.assign(document.createElement('select'), { ariaLabel: `Which portal ${address} is another way to`, hidden: !others.length });
  merge.append(new Option('a portal of its own', ''), ...others.map(([other, there, , where]) => new Option(`another way to ${there} · ${where}`, other)));
  const merging = button('Merge: its session ends, and its list goes', 'danger');
  merging.hidden = true;
  merge.addEventListener('change', () => { merging.hidden = !merge.value; });
  merging.addEventListener('click', () => doing('portal.merge', { into: merge.value }, 'Merged: the menu at the arch offers the other way.'));
  item.append(Object.assign(document.createElement('span'), { textContent: `${address} · ${region}` }), name, colours, merge, merging, marks, ...revoked(id, said), remove, sure);
  for (const way of entrances) {
    const forget = button('Forget', '');
    forget.ariaLabel = `Forget ${way.startUrl}`;
    forget.addEventListener('click', () => doing('portal.forgetEntrance', way, 'Forgotten.'));
    const line = document.createElement('div');
    const address = way.startUrl.replace(/^https:\/\//, '');
    line.append(way.region ? `or ${address} · ${way.region} ` : `${address} leads here, and is looked at with each sign-in `, forget);
    item.append(line);
  }
  item.append(changesOf(changed));
  return item;
};
// Names and colours are one setting, a line for each portal.
const keepNames = async () => {
  const lines = [...at('portals').children].map((item) => [item.dataset.portal, item.querySelector('input').value.trim().replace(/\s+/g, ' '), item.querySelector('select').value])
    .filter(([, name, colour]) => name || colour);
  await ask('settings.set', { portals: lines.map((line) => `${line.join('\t')}\n`).join('') }).then(() => said('Kept.'), (error) => said(error.message));
};
const list = async () => {
  const [all, settings] = await Promise.all([portals(), ask('settings.get', {})]);
  const changed = await chrome.storage.local.get(all.map(([id]) => `changes:${id}`));
  const names = new Map((settings.portals ?? '').split('\n').filter(Boolean).map((line) => line.split('\t')).map(([id, ...rest]) => [id, rest]));
  at('portals').replaceChildren(...all.map((portal) => row(portal, names, all, String(changed[`changes:${portal[0]}`] ?? ''))));
  at('no-portals').hidden = all.length > 0;
};

at('leave-all').addEventListener('click', async () => {
  const all = await portals();
  const unsure = [];
  await Promise.all(all.map(async ([portal, address]) => {
    const done = await ask('signout', { portal }).catch(() => null);
    if (!done?.confirmed) unsure.push(address);
  }));
  said(unsure.length ? `Signed out here. These did not confirm that your session is over: ${unsure.join(', ')}. To be sure, sign out there.` : 'Signed out.');
});

at('erase').addEventListener('click', () => { at('erase-sure').hidden = !at('erase-sure').hidden; });
at('erase-now').addEventListener('click', async () => {
  at('erase-sure').hidden = true;
  const unconfirmed = [];
  for (const [portal, address] of await portals()) await ask('portal.remove', { portal }).catch(() => unconfirmed.push(address));
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear(), chrome.alarms.clearAll()]);
  const { permissions, origins } = await chrome.permissions.getAll();
  const { permissions: fixed = [], host_permissions: hosts = [] } = chrome.runtime.getManifest();
  await chrome.permissions.remove({ permissions: permissions.filter((p) => !fixed.includes(p)), origins: origins.filter((o) => !hosts.includes(o)) }).catch(() => {});
  said(unconfirmed.length ? `Erased. These did not confirm that your session is over: ${unconfirmed.join(', ')}. To be sure, sign out there.` : 'Everything is erased.');
  await list();
});

// Diagnostics say in which state things are, and count: no name, no address, no text
// that a portal or a person wrote.
const fields = (stored) => Object.fromEntries(String(stored ?? '').split('\n').filter(Boolean).map((entry) => entry.split('\t', 2)));
const WORD = /^[\w.-]{0,40}$/;
const word = (value = '') => (WORD.test(value) ? value : '(odd)');
export const diagnostics = async () => {
  const [local, session, all] = await Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null), portals()]);
  const lines = all.map(([id, , , region], i) => {
    const status = fields(session[`status:${id}`]);
    const parts = Object.keys(local).filter((key) => key.startsWith('part:') && key.slice(5).endsWith(`:${id}`)).map((key) => local[key]).join('');
    const count = (sign) => parts.split(sign).length - 1;
    const accounts = count('\n');
    const [, code = 'none'] = /code\\t(\w+)/.exec(status.problem ?? '') ?? [];
    return `portal ${i + 1}: region ${word(region)}, session ${word(status.signIn) || 'none'}, listing ${word(status.sync) || 'idle'} ${word(status.done)}/${word(status.total)}, ${accounts} accounts, ${count('\t') - 4 * accounts} roles, ${parts.length} bytes, problem ${code}`;
  });
  const jobs = [...String(session.jobs ?? '').matchAll(/kind\\t(\w+)/g)].map(([, kind]) => kind);
  return [`Portico ${chrome.runtime.getManifest().version}, storage version ${word(local.version)}`, navigator.userAgent,
    `${all.length} portals`, ...lines, `pending: ${jobs.join(' ') || 'nothing'}`,
    `set aside: ${Object.keys({ ...local, ...session }).filter((key) => key.startsWith('aside:')).length}`].join('\n');
};
at('diagnose').addEventListener('click', async () => {
  at('diagnostics').textContent = await diagnostics();
  at('diagnostics').hidden = false;
  said(await copy(at('diagnostics')));
});

chrome.storage.onChanged.addListener((changed, area) => { if (area === 'local' && changed.portals) list(); });
export const start = list;
