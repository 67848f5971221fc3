// What is stored: the portals, erasing, and what is told of it without names. No secret
// is in any of it.
import './file.js';
import { ask, copy, portals, save } from './ask.js';
import { revoked } from './revoked.js';

const at = (id) => document.getElementById(id);
const said = (text) => { at('data-said').textContent = text; };
const line = (textContent) => Object.assign(document.createElement('li'), { textContent });

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
  said(unsure.length ? `Signed out here. These have yet to confirm that your session is over: ${unsure.join(', ')}. Portico asks them again for five minutes; to be sure, sign out there.` : 'Signed out.');
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
    `${all.length} ${all.length === 1 ? 'portal' : 'portals'}`, ...lines, `pending: ${jobs.join(' ') || 'nothing'}`,
    `set aside: ${Object.keys({ ...local, ...session }).filter((key) => key.startsWith('aside:')).length}`].join('\n');
};
at('diagnose').addEventListener('click', async () => {
  at('diagnostics').textContent = await diagnostics();
  at('diagnostics').hidden = false;
  said(await copy(at('diagnostics')));
});

chrome.storage.onChanged.addListener((changed, area) => {
  const named = changed.settings && !at('portals').contains(document.activeElement); // else by who sits here
  if (area === 'local' && (changed.portals || named)) list();
});
export const start = list;
