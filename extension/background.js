// The service worker's shell: it registers every listener before anything else
// runs, answers what needs no thought, and starts Go when there is work for it,
// once. The worker may be stopped at any instant; what Go has to do next is in
// storage, so there is nothing to save here.
import { apis } from './apis.js';
import { onDemand, run } from './program.js';
import { redirect } from './platform.js';
import { policy } from './policy.js';
import { seal } from './seal.js';
import { demoFetch, demoPage, isDemo } from './demo/worker.js';

// Go puts its functions here: handle(type, args), alarm(name), granted(), started(). It
// takes from here what the browser can do, how to seal and to fetch, what an
// organisation wants, where the demo
// organisation has its pages, and where the page of a sign-in leads back to.
const portico = globalThis.portico = {
  apis: apis(chrome),
  seal,
  policy,
  redirect,
  demo: chrome.runtime.getURL('demo/portal.html#'),
  fetch: (url, init) => (isDemo(url) ? demoFetch(url, init) : fetch(url, init)),
};

// Longer than anything that is asked may take (internal/backend bounds it).
const PATIENCE = 40_000; // ms

const backend = onDemand(async (onEnd) => {
  const isReady = new Promise((resolve) => { portico.ready = resolve; });
  const program = await run(fetch('backend.wasm'), { onEnd });
  await program.ask(() => isReady);
  return program;
});

// answered has Go do something. One that does not answer in time is stuck, and
// the next event starts another: whatever was pending is in storage.
const answered = async (call) => {
  const program = await backend().catch((error) => {
    throw Error(`Portico could not start: ${error.message}.`, { cause: 'Reload the extension and try again.' });
  });
  const timer = setTimeout(() => program.end(Error('it did not answer')), PATIENCE);
  try {
    return await program.ask(call);
  } catch {
    throw Error('Portico’s background stopped in the middle of this.', { cause: 'Try again.' });
  } finally {
    clearTimeout(timer);
  }
};

const internal = (error) => ({ ok: false, error: { code: 'internal', message: error.message, hint: error.cause, retryable: 'true' } });

// Only our own pages may speak. Not every browser tells a sender's origin.
const isOurs = ({ id, url }) => id === chrome.runtime.id && !!url?.startsWith(chrome.runtime.getURL(''));

const pathOf = (url) => url.split(/[?#]/, 1)[0];

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (!isOurs(sender)) return false;
  if (message?.v !== '1' || typeof message.type !== 'string') {
    answer({ ok: false, error: { code: 'internal', message: 'Portico was updated meanwhile.', hint: 'Close this window and open it again.' } });
    return false;
  }
  if (message.type === 'demo.page') {
    demoPage(message.args.path, message.args.method).then(answer, () => answer({ status: 0, text: '' }));
    return true;
  }
  const args = { ...message.args, ...(message.type === 'signin.return' && { tab: String(sender.tab?.id ?? ''), page: pathOf(sender.url) }) };
  answered(() => portico.handle(message.type, args)).then(answer, (error) => answer(internal(error)));
  if (message.type === 'settings.set') setTimeout(watchIdle, 1000); // when it is stored
  return true; // answered later
});
// What goes wrong with these is tried again at the next alarm.
chrome.alarms.onAlarm.addListener((alarm) => { answered(() => portico.alarm(alarm.name)).catch(() => {}); });
chrome.runtime.onInstalled.addListener(({ reason }) => { if (reason === 'update') answered(() => portico.alarm('')).catch(() => {}); }); // brings what is stored to our form
// What an organisation wants comes a while after the extension, and may change.
chrome.storage.managed.onChanged?.addListener(() => { answered(() => portico.handle('settings.get', {})).catch(() => {}); });
chrome.runtime.onStartup.addListener(() => { answered(() => portico.started()).catch(() => {}); });
chrome.permissions.onAdded.addListener(() => {
  watchIdle();
  answered(() => portico.granted()).catch(() => {});
});

// Whether somebody is there the browser tells once it may (idle), after as many minutes
// as the settings say; it forgets how many with each worker.
const idle = (state) => { if (state !== 'active') answered(() => portico.idle()).catch(() => {}); };
const watchIdle = async () => {
  if (!chrome.idle) return;
  if (!chrome.idle.onStateChanged.hasListener(idle)) chrome.idle.onStateChanged.addListener(idle);
  const { settings } = await chrome.storage.local.get('settings');
  const [, minutes] = /^lockAfter\t(\d+)$/m.exec(settings) ?? [];
  if (minutes) chrome.idle.setDetectionInterval(60 * minutes);
};
watchIdle();
