// Settings and portals as a file: handed out, and taken in elsewhere. No secret is in it.
import { ask, portals, save } from './ask.js';
import { say, sayHow } from './say.js';

const at = (id) => document.getElementById(id);
const said = (text, failed) => say(at('import-said'), text, failed);
const FORM = 'portico-settings';
const VERSION = 1; // of that form

// What concerns this browser alone: what was agreed to, told once, or puts a secret on its
// disk.
const OWN = new Set(['consent', 'pinTold', 'copyTold', 'staySignedIn']);
const stored = async () => {
  const [settings, all] = await Promise.all([ask('settings.get', {}), portals()]);
  const chosen = Object.fromEntries(Object.entries(settings).filter(([name, value]) => value && !OWN.has(name)));
  return { form: FORM, version: VERSION, portals: all.map(([, , startUrl, region, entrances]) => ({ startUrl, region, entrances })), settings: chosen };
};

at('export').addEventListener('click', () => sayHow(at('export-said'), stored().then((all) => {
  save(`${JSON.stringify(all, null, 2)}\n`, 'portico-settings.json', 'application/json');
  return 'Saved as a download.';
})));

// Nothing is changed before what would change was read, all of it, and agreed to.
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

// Names of portals are lines: of each its ID, name and colour. What the file says of
// portals that are neither here nor in it is left out, and what it does not say stays.
const named = (lines = '') => new Map(lines.split('\n').filter(Boolean).map((line) => line.split('\t')).map(([id, ...rest]) => [id, rest.join('\t')]));
const namesWith = (now, file, ids) => [...named(now), ...[...named(file)].filter(([id]) => ids.has(id))]
  .reduce((all, [id, rest]) => all.set(id, rest), new Map());
const lines = (names) => [...names].map(([id, rest]) => `${id}\t${rest}\n`).join('');

// why says why the worker would not take something; nothing if it would.
const why = (type, args) => ask(type, args).then(() => '', (error) => error.message);

let planned = null;
const plan = async (json) => {
  const { added, settings } = parse(json);
  const [now, here, known] = await Promise.all([stored(), portals(), ask('settings.get', {})]);
  const regions = new Map(here.map(([, , startUrl, region]) => [startUrl, region]));
  const refused = [];
  const fresh = [];
  for (const portal of added) {
    const { startUrl, region, entrances = [] } = portal;
    if (regions.has(startUrl)) {
      if (regions.get(startUrl) !== region) refused.push(`${startUrl} is here already, in ${regions.get(startUrl)}: it stays so.`);
      continue;
    }
    const wrong = (await Promise.all([portal, ...entrances.filter((other) => other.region)].map((p) => why('portal.look', { startUrl: p.startUrl, region: p.region })))).find(Boolean);
    const { origins, front } = wrong ? {} : await ask('portal.look', { startUrl, region });
    if (wrong || front || !origins) refused.push(`${startUrl} in ${region}: ${wrong || 'that is no portal.'}`);
    else fresh.push(portal);
  }
  const ids = new Set([...here.map(([id]) => id), ...fresh.map(({ startUrl }) => startUrl)]);
  const wanted = { ...settings, ...('portals' in settings && { portals: lines(namesWith(now.settings.portals, settings.portals, ids)) }) };
  const changes = {};
  for (const name of Object.keys(known).filter((n) => !OWN.has(n) && n in wanted && wanted[n] !== known[n])) {
    const wrong = await why('settings.check', { [name]: wanted[name] });
    if (wrong) refused.push(`${label(name)} “${wanted[name]}”: ${wrong}`);
    else changes[name] = wanted[name];
  }
  return { portals: fresh, changes, before: known, refused };
};

const label = (name) => document.querySelector(`label[for="${name}"]`)?.textContent ?? at(name)?.closest('label')?.textContent.trim() ?? name;
const shown = (value) => (value ? `“${value}”` : 'nothing');
const calls = (rest = '') => rest.split('\t').filter(Boolean).join(', ');
const renamed = (before, after) => {
  const [was, is] = [named(before), named(after)];
  return [...is].filter(([id, rest]) => was.get(id) !== rest).map(([id, rest]) => `${id} is called ${shown(calls(rest))}, was ${shown(calls(was.get(id)))}`);
};
const preview = () => {
  const { portals: added, changes, before, refused } = planned;
  const all = [
    ...added.flatMap(({ startUrl, region, entrances = [] }) => [`New portal at ${startUrl} in ${region}`,
      ...entrances.map((way) => `Another way to it: ${way.startUrl}${way.region && ` in ${way.region}`}`)]),
    ...Object.entries(changes).flatMap(([name, value]) => (name === 'portals' ? renamed(before.portals, value) : [`${label(name)}: from ${shown(before[name])} to ${shown(value)}`])),
  ];
  const list = (texts) => texts.map((textContent) => Object.assign(document.createElement('li'), { textContent }));
  at('import-changes').replaceChildren(...list(all));
  at('import-refused').replaceChildren(...list(refused));
  at('import-refusals').hidden = refused.length === 0;
  at('import-apply').disabled = all.length === 0;
  at('import-preview').hidden = all.length + refused.length === 0;
  said(all.length ? 'Nothing is changed yet: look at it below.' : 'Nothing would change.');
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
    said(error.message, true);
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

const close = () => {
  at('import-preview').hidden = true;
  at('import').focus();
};
at('import-apply').addEventListener('click', async () => {
  close();
  const { portals: before = '' } = await chrome.storage.local.get('portals');
  const [shownNow] = String(before).split('\n');
  try {
    for (const portal of planned.portals) await add(portal);
    if (shownNow && planned.portals.length) await ask('portal.use', { portal: shownNow });
    if (Object.keys(planned.changes).length) await ask('settings.set', planned.changes);
    said('Taken in.');
  } catch (error) {
    said(`Not all was taken in: ${error.message}`, true);
  }
});
at('import-cancel').addEventListener('click', () => {
  close();
  said('');
});
