// The popup before and below Go: it reads what is stored, paints the first rows,
// starts Go behind the first frame and hands it every event. What the popup means
// and decides is internal/palette's.
import { apis } from '../apis.js';
import { run } from '../program.js';
import { fit } from './fit.js';
import { formIs, portalsAre, recall, refused } from './form.js';
import * as keys from './keys.js';
import './menu.js';
import { asking, changeShortcut, otherwise } from './platform.js';
import { aimAtRow, aimAtSelection, asOwn, firstRows, onScroll, paint, parted, selectedRow, shows } from './rows.js';

const at = (id) => document.getElementById(id);
const query = at('query');
const format = at('format');
const NAMES = /[\u2068\u2069]/; // around the names in a sentence of Go's

// Go is told of everything through this one function; events that come before it
// is there wait for it, in order. All but what is stored, and what the tab shows, is a
// person's own doing.
const waiting = [];
const tell = (...event) => {
  if (!portico.event) return void waiting.push(event);
  return ['stored', 'tab'].includes(event[0]) ? portico.event(...event) : asOwn(() => portico.event(...event));
};

// Before Go is there, nothing shows where a press has moved the selection to. One
// that acts on it comes too late to be aimed at what shows.
let moved = false;
const tellMove = (...event) => {
  moved ||= !portico.event;
  return tell(...event);
};
const tellAct = (...event) => tell(...(moved && !portico.event ? ['late'] : event));

const text = (value) => (typeof value === 'string' ? value : ''); // the worker sets aside what is none
const read = async (area, ...keys) => {
  const stored = await chrome.storage[area].get(keys);
  return keys.map((key) => text(stored[key]));
};

// A directory is kept in pieces (internal/directory’s snapshot): a head, and parts.
const PARTS = 96; // at most: its MostParts
const partKeys = (portal) => Array.from({ length: PARTS }, (_, n) => `part:${n}:${portal}`);
const partsAmong = (changes, portal) => {
  const parts = partKeys(portal).map((key) => text(changes[key]?.newValue));
  return parts.some(Boolean) ? parts : [];
};

// stateOf reads what is stored of a portal.
const stateOf = async (portal) => {
  const [[uses, own, ...directory], [status]] = await Promise.all([
    read('local', `uses:${portal}`, `own:${portal}`, `directory:${portal}`, ...partKeys(portal)), read('session', `status:${portal}`)]);
  return { uses, own, status, directory: new TextEncoder().encode(directory.join('')) };
};

const portico = globalThis.portico = {
  paint,
  refused,
  time(ms) { // as people here write it, with the day if that is another
    const at = new Date(ms);
    const day = at.toDateString() === new Date().toDateString() ? {} : { weekday: 'short' };
    return at.toLocaleString(undefined, { ...day, hour: 'numeric', minute: '2-digit' });
  },
  say(id, text) { at(id).replaceChildren(...parted(text, NAMES, 'bdi')); },
  actions(text, ...aim) { // what can be done with what was aimed at, to choose from
    import('./actions.js').then(({ show }) => show(text, keys, (does) => act(does, aim)));
  },
  label(of, label, ...aim) { // asks for one
    import('./label.js').then(({ show }) => show(of, label, (text) => tell('label', text, ...aim)));
  },
  shows(portal, screen) { // the portal and the screen that show from now on
    document.querySelector('dialog[open]')?.close();
    shows(portal, screen);
    formIs(screen === 'add');
  },
  stored: null, // what Go starts with
  read: stateOf, // what it goes on with where another portal shows
  apis: null, // what the browser can do, for Go
  event: null, // Go's one function, once it is there
  ready() { // called by Go when it has taken over
    const time = () => tell('time', Date.now());
    time();
    setInterval(time, 5000);
    for (const event of waiting.splice(0)) tell(...event);
    setTimeout(lookAtTab, SETTLING);
  },
};

// The browser tells a tab's address to who was opened on it. That of a console's page is
// looked at once the popup has settled, as the worker has to be woken for it.
const SETTLING = 100; // ms
const lookAtTab = async () => {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (/^https:\/\/[^/?#]*\bconsole\./.test(tab?.url)) tell('tab', tab.url);
};

// What the organisation has set is chosen nowhere else.
const managedIs = (managed) => {
  const locked = /^locked\t(.* )?copyFormat( |$)/m.test(managed);
  format.disabled = locked;
  format.title = locked ? 'Set by your organisation' : '';
};

const hear = (area, key, value, ...parts) => {
  if (key === 'managed') managedIs(value);
  if (area === 'local' && key === 'portals') portalsAre(value);
  tell('stored', area, key, value, ...parts);
};
// What changed of a directory is told with its head.
const hearAll = (changes, area) => {
  for (const [key, { newValue }] of Object.entries(changes)) {
    if (!key.startsWith('part:')) hear(area, key, text(newValue), ...(key.startsWith('directory:') ? partsAmong(changes, key.slice('directory:'.length)) : []));
  }
};

const showList = (shown) => { at('list').hidden = at('top').hidden = query.hidden = !shown; };

const firstForm = () => {
  portico.shows('', 'add');
  at('add').hidden = false;
  at('start-url').focus();
};

// The line below the list is as long as Go makes it, which the list makes room for.
const sayTarget = () => {
  const row = selectedRow();
  if (!row) return;
  const names = [row.name, row.id, row.role].map((name) => `\u2068${name}\u2069`);
  portico.say('target', `${row.guarded ? 'Guarded: ' : ''}${names[0]} ${names[1]} · ${names[2]}`);
  at('now').classList.toggle('guarded', row.guarded);
};

const firstList = (portal, rows, text) => {
  portico.shows(portal, 'list');
  paint(rows);
  if (!text) return;
  query.value = text;
  query.select(); // what was searched last shows, and typing replaces it
};

// What is needed to paint is read first, and all else behind it: reading the
// directory takes as long as the rest together.
const start = async () => {
  const reading = Promise.all([read('local', 'portals', 'settings', 'head', 'managed'), chrome.storage.session.get(['view', 'form', 'adding'])]);
  // A page's first layout, which fit asks for, takes longer than all else
  // before its first frame: it is made while the browser reads.
  showList(true);
  fit();
  query.focus({ preventScroll: true });
  const [[portals, settings, head, managed], session] = await reading;
  managedIs(managed);
  const [view, form, adding] = [session.view, session.form, session.adding].map(text);
  recall(form, portals);
  format.value = /^copyFormat\t(.*)$/m.exec(settings)?.[1] ?? format.value;
  const listed = (portal) => portals.includes(`\n${portal}\t`);
  const [active] = portals.split('\n', 1);
  const lists = listed(active) && !adding; // what is to be added shows in the form
  showList(lists);
  if (!lists) firstForm();
  const [last, lastRows] = view.split('\n\n');
  const field = (name) => RegExp(`^${name}\t(.*)$`, 'm').exec(last)?.[1].replaceAll('\\\\', '\\') ?? '';
  // Another portal's view is never painted; a portal's that was removed is erased.
  const ours = listed(active) && field('portal') === active;
  if (view && !listed(field('portal'))) chrome.storage.session.remove('view');
  // What was stored last may be another portal's head, or none by an earlier version.
  const headRows = head.startsWith(`${active}\n`) && head.slice(active.length + 1);
  const rows = ours && lastRows || headRows || firstRows((await read('local', ...partKeys(active))).join(''));
  if (rows.startsWith('0\t')) showList(false);
  else if (lists) firstList(active, rows, ours ? field('query') : '');
  // Behind the first frame: any earlier, Go would delay that, and so would listening.
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  if (!at('list').hidden) {
    sayTarget();
    paint(rows); // the list may have become lower, and could not be scrolled as far
  }
  const code = fetch('../popup.wasm');
  chrome.storage.onChanged.addListener(hearAll);
  const rest = Promise.all([read('local', 'portals', 'settings'), stateOf(active), read('session', 'adding')]);
  const before = rest.then(async ([[portalsNow, settingsNow], state, [addingNow]]) => {
    // What changed before we listened is told as what changes later.
    if (portalsNow !== portals) hear('local', 'portals', portalsNow);
    if (settingsNow !== settings) hear('local', 'settings', settingsNow);
    portico.apis = { ...apis(chrome), ...otherwise };
    portico.stored = { portals, settings, view, adding: addingNow, ...state };
    if (session.view && !view) await setAside(session.view);
    if (/^signIn\tfront$/m.test(state.status)) import('./look.js').then(({ landed }) => landed(active));
  });
  // A popup is gone before its memory counts: most collecting of garbage is spared.
  await run(code, { env: { GOGC: '400' }, before, onEnd: broken });
};

// The view is the popup's own, so the worker does not look at one that is no text.
const setAside = (view) => chrome.storage.session.set({ 'aside:view': JSON.stringify(view).slice(0, 1e5), aside: 'view' });

// broken says what happened where Go can't: there is none, or it has ended.
const broken = async (error) => {
  const started = !!portico.event;
  portico.event = null;
  (await import('./rescue.js')).rescue(error, started);
};

keys.onKeys((e, { name, mod, shift, alt }) => {
  if (!portico.event && name === 'Escape') return false; // the browser closes the popup
  if (name === '?') return showKeys();
  const menu = mod && !shift && !alt && /^k$/i.test(name);
  const event = [...(menu ? ['actions'] : ['key', name, mod, shift, alt]), ...aimAtSelection(e)];
  const handled = asking(mod && name === 'd' ? 'bookmark' : '', () => (/^(Arrow|Page)/.test(name) ? tellMove : tellAct)(...event));
  return portico.event ? handled : true;
});
query.addEventListener('input', (e) => { if (!e.isComposing) tellMove('type', query.value); });
query.addEventListener('compositionend', () => tellMove('type', query.value));
format.addEventListener('change', () => {
  tell('format', format.value);
  query.focus();
});
onScroll((top, height) => tell('scroll', top, height));

// What was chosen in the menu of actions; the page has some by itself.
const showKeys = () => {
  import('./help.js').then(({ show }) => show(keys, changeShortcut));
  return true;
};
const act = (does, aim) => {
  if (does === 'keys') showKeys();
  else if (does === 'settings') chrome.runtime.openOptionsPage();
  else asking(does, () => tell('act', does, ...aim));
};

// A click is aimed at what showed as the pointer was pressed, the row under it or
// the selected one, and a double click at a row that was there both times: the list
// may have moved between.
// The ID beside an account's name is for copying by itself: it is the one of the rows
// below.
const rowAt = (target) => target.closest('.row') ?? target.closest('.id')?.closest('.group').querySelector('.row');
const nowhere = ['', '', ''];
let presses = [nowhere, nowhere];
document.addEventListener('mousedown', (e) => {
  const row = rowAt(e.target);
  presses = [presses[1], row ? aimAtRow(row, e) : aimAtSelection(e)];
});
at('rows').addEventListener('dblclick', (e) => {
  const [before, now] = presses;
  const row = e.target.closest('.row');
  if (row && !onStar(row, e) && before.join('\t') === now.join('\t')) tell('act', 'copy', ...now);
});
// A click leaves the focus where it was: on the search field.
for (const part of document.querySelectorAll('#list, footer, #portal, #aside')) {
  part.addEventListener('mousedown', (e) => { if (e.target !== query && !e.target.closest('.format')) e.preventDefault(); });
}
const onStar = (row, e) => e.clientX > row.getBoundingClientRect().right - 28; // px, where it stands
const clickRow = (row, aim, e) => {
  if (e.target.closest('.id')) tell('copy-id', ...aim);
  else if (e.detail === 1 && onStar(row, e)) tell('act', 'favourite', ...aim);
  else tellMove('select', row.ariaPosInSet - 1, ...aim);
};
// What shows is selected, to be copied by hand.
const tellOfValue = ({ does, value }) => {
  tell(does, Number(value));
  if (does === 'reveal') getSelection().selectAllChildren(at(`value-${value}-text`));
};
document.addEventListener('click', (e) => {
  const row = rowAt(e.target);
  const button = e.target.closest('button');
  const pressed = e.detail > 0; // not by a key, nor by a screen reader
  const aim = pressed ? presses[1] : row ? aimAtRow(row, e) : aimAtSelection(e);
  if (row) clickRow(row, aim, e);
  else if (button?.dataset.portal) tell('portal', button.dataset.portal);
  else if (button?.dataset.entrance) asking("entrance", () => tell("entrance", button.dataset.entrance));
  // The second click of two was meant for what the first has taken away.
  else if (button?.dataset.action === 'confirm-remove' && e.detail > 1) return;
  else if (button?.dataset.does) tellOfValue(button.dataset);
  else if (button?.dataset.action === 'actions') tellAct('actions', ...aim);
  else if (button?.dataset.action === 'settings') chrome.runtime.openOptionsPage();
  else if (button?.dataset.action) asking(button.dataset.action, () => (button.closest('footer') ? tellAct : tell)('act', button.dataset.action, ...aim));
  else if (!e.target.closest('#menu') && portico.event) tell('outside');
});
// A click beside the popup takes its focus first. Where the browser is quick,
// pagehide is too late for a write.
for (const leaving of ['blur', 'pagehide']) addEventListener(leaving, () => { portico.event?.('leave'); });
at('add-form').addEventListener('submit', (e) => {
  e.preventDefault();
  const form = [at('start-url').value, at('region').value, at('add-form').dataset.front ?? ''];
  asking('add', () => tell('add', ...form));
});
start().catch(broken);
