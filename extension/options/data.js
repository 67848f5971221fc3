// What is stored: the portals, erasing, and what is told of it without names. No secret
// is in any of it.
import './file.js';
import { show as showManaged } from './managed.js';
import { ask, copy, portals, save } from './ask.js';
import { revoked } from './revoked.js';
import { said, say, sayHow, sure } from './say.js';

const at = (id) => document.getElementById(id);
const line = (textContent) => Object.assign(document.createElement('li'), { textContent });

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
// A row of the list of portals is made anew when something in it has changed; the place
// in which it says what came of something stays.
const rows = new Map(); // by portal
const saidOf = (id) => rows.get(id)?.said ?? said();
const sayOf = (id, text, failed) => say(rows.get(id)?.said ?? at('portals-said'), text, failed);
const make = (tag, ...properties) => Object.assign(document.createElement(tag), ...properties);
const button = (textContent, className = '') => make('button', { type: 'button', textContent, className });
// asking is a place that asks whether something is meant.
const asking = (text, done) => {
  const place = make('div', { hidden: true, className: 'sure', role: 'group', ariaLabel: text });
  const cancel = button('Cancel');
  place.append(make('p', { textContent: text }), cancel, done);
  return [place, cancel];
};
const row = ([id, address, , region, entrances], [called, colour], others, changed, told) => {
  const item = make('li');
  item.dataset.portal = id;
  const name = make('input', { type: 'text', value: called, placeholder: 'Name', maxLength: 40, ariaLabel: `Name of ${address}` });
  const colours = make('select', { ariaLabel: `Colour of ${address}` });
  colours.append(...['', ...COLOURS].map((value) => new Option(value.replace(/[A-Z]/, (c) => ` ${c.toLowerCase()}`) || 'no colour', value, false, value === colour)));
  const mark = make('i', { className: 'mark' });
  mark.dataset.colour = colour;
  colours.addEventListener('change', () => { mark.dataset.colour = colours.value; });
  for (const control of [name, colours]) {
    control.dataset.named = '';
    control.addEventListener('change', () => sayHow(told, keepNames()));
  }
  // The row is gone then, or another, and the focus with it.
  const doing = async (type, args, done, then = id) => {
    const failed = await ask(type, { portal: id, ...args }).then(() => '', (error) => error.message);
    await list();
    (rowOf(then)?.querySelector('input') ?? at('leave-all')).focus({ preventScroll: true });
    sayOf(then, failed || done, !!failed);
  };
  const remove = button('Remove', 'remove');
  const gone = button('Remove it, with all that is stored of it', 'danger');
  const [removing, stay] = asking(`Remove ${address}? Its list goes, its session ends. Bookmarks stay.`, gone);
  sure(remove, removing, stay);
  gone.addEventListener('click', () => doing('portal.remove', {}, 'Removed.'));
  const marks = button('Save bookmarks', 'save-bookmarks');
  marks.addEventListener('click', () => sayHow(told, ask('bookmarks.export', { portal: id }).then(({ text }) => {
    save(text, 'portico-bookmarks.html', 'text/html');
    return 'Saved as a download. Colleagues import it in their browser’s bookmark manager; names and IDs of accounts are in it.';
  })));
  const merge = make('select', { className: 'merge', ariaLabel: `Which portal ${address} is another way to`, hidden: !others.length });
  merge.append(new Option('a portal of its own', ''), ...others.map(([other, there, , where]) => new Option(`another way to ${there} · ${where}`, other)));
  const merged = button('Merge', 'danger');
  const [merging, apart] = asking('', merged);
  merge.addEventListener('change', () => {
    merging.hidden = !merge.value;
    merging.firstChild.textContent = merging.ariaLabel = `Make ${address} ${merge.selectedOptions[0].text}? Its session ends, and its list goes.`;
  });
  const leaveApart = () => {
    merge.value = '';
    merging.hidden = true;
    merge.focus();
  };
  apart.addEventListener('click', leaveApart);
  merging.addEventListener('keydown', (e) => { if (e.key === 'Escape') leaveApart(); });
  merged.addEventListener('click', () => doing('portal.merge', { into: merge.value }, 'Merged: the menu at the arch offers the other way.', merge.value));
  const [look, lookedAt] = revoked(id, told);
  item.append(mark, make('span', { textContent: `${address} · ${region}` }), name, colours, merge, marks, look, remove);
  for (const way of entrances) {
    const forget = button('Forget');
    forget.ariaLabel = `Forget ${way.startUrl}`;
    forget.addEventListener('click', () => doing('portal.forgetEntrance', way, 'Forgotten.'));
    const line = make('div');
    const address = way.startUrl.replace(/^https:\/\//, '');
    line.append(way.region ? `or ${address} · ${way.region} ` : `${address} leads here, and is looked at with each sign-in `, forget);
    item.append(line);
  }
  item.append(merging, lookedAt, removing, told, changesOf(changed));
  return item;
};
const rowOf = (id) => [...at('portals').children].find((item) => item.dataset.portal === id);
// Names and colours are one setting, a line for each portal.
const keepNames = async () => {
  const lines = [...at('portals').children].map((item) => [item.dataset.portal, item.querySelector('input').value.trim().replace(/\s+/g, ' '), item.querySelector('select').value])
    .filter(([, name, colour]) => name || colour);
  await ask('settings.set', { portals: lines.map((line) => `${line.join('\t')}\n`).join('') });
  return 'Kept.';
};
const list = async () => {
  const [all, settings] = await Promise.all([portals(), ask('settings.get', {})]);
  const changed = await chrome.storage.local.get(all.map(([id]) => `changes:${id}`));
  const names = new Map((settings.portals ?? '').split('\n').filter(Boolean).map((line) => line.split('\t')).map(([id, ...rest]) => [id, rest]));
  for (const portal of all) {
    const [id] = portal;
    const shows = [portal, names.get(id) ?? ['', ''], all.filter(([other]) => other !== id), String(changed[`changes:${id}`] ?? '')];
    const as = JSON.stringify(shows);
    const told = saidOf(id);
    if (rows.get(id)?.as !== as) rows.set(id, { as, said: told, item: row(...shows, told) });
  }
  for (const id of rows.keys()) if (!all.some(([other]) => other === id)) rows.delete(id);
  const items = all.map(([id]) => rows.get(id).item);
  if (items.length !== at('portals').children.length || items.some((item, i) => item !== at('portals').children[i])) at('portals').replaceChildren(...items);
  at('no-portals').hidden = all.length > 0;
  await showManaged(); // names may be set by the organisation
};

// unsure names the portals of which something could not be done.
const unsure = async (done) => {
  const all = await portals();
  const ended = await Promise.all(all.map(([portal]) => done(portal)));
  return all.filter((_, i) => !ended[i]).map(([, address]) => address).join(', ');
};
at('leave-all').addEventListener('click', () => {
  say(at('leave-said'), 'Signing out …');
  sayHow(at('leave-said'), unsure((portal) => ask('signout', { portal }).then((done) => done.confirmed, () => false)).then((which) => (which
    ? `Signed out here. These have yet to confirm that your session is over: ${which}. Portico asks them again for five minutes; to be sure, sign out there.` : 'Signed out.')));
});

const closeErase = sure(at('erase'), at('erase-sure'), at('erase-cancel'));
const erase = async () => {
  const which = await unsure((portal) => ask('portal.remove', { portal }).then(() => true, () => false));
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear(), chrome.alarms.clearAll()]);
  const { permissions, origins } = await chrome.permissions.getAll();
  const { permissions: fixed = [], host_permissions: hosts = [] } = chrome.runtime.getManifest();
  await chrome.permissions.remove({ permissions: permissions.filter((p) => !fixed.includes(p)), origins: origins.filter((o) => !hosts.includes(o)) }).catch(() => {});
  await list();
  return which ? `Erased. These did not confirm that your session is over: ${which}. To be sure, sign out there.` : 'Everything is erased.';
};
at('erase-now').addEventListener('click', () => {
  closeErase();
  say(at('erase-said'), 'Erasing …');
  sayHow(at('erase-said'), erase());
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
  say(at('diagnose-said'), await copy(at('diagnostics')));
});

chrome.storage.onChanged.addListener((changed, area) => {
  const named = changed.settings && !at('portals').contains(document.activeElement); // else by who sits here
  if (area === 'local' && (changed.portals || named)) list();
});
export const start = list;
