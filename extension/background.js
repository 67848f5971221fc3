// The service worker's shell: it registers every listener before anything else
// runs, answers what needs no thought, and starts Go when there is work for it,
// once. The worker may be stopped at any instant; what Go has to do next is in
// storage, so there is nothing to save here.
import './wasm_exec.js';
import { demoFetch, demoPage, isDemo } from './demo/worker.js';

// Go puts its functions here: handle(type, args), alarm(name), granted(). It
// takes from here how to fetch, and where the demo organisation has its pages.
const portico = globalThis.portico = {
  demo: chrome.runtime.getURL('demo/portal.html#'),
  fetch: (url, init) => (isDemo(url) ? demoFetch(url, init) : fetch(url, init)),
};

let starting;
const backend = () => (starting ??= (async () => {
  const go = new Go();
  const { instance } = await WebAssembly.instantiateStreaming(fetch('backend.wasm'), go.importObject);
  const ready = new Promise((resolve) => { portico.ready = resolve; });
  go.run(instance).then(() => { starting = undefined; }); // it ended: the next event starts it anew
  await ready;
  return portico;
})().catch((error) => {
  starting = undefined;
  throw error;
}));

const internal = (error) => ({ ok: false, error: {
  code: 'internal', message: `Portico could not start: ${error.message}.`, hint: 'Reload the extension and try again.', retryable: 'true' } });

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  // Only our own pages may speak.
  if (sender.id !== chrome.runtime.id || sender.origin !== location.origin) return false;
  if (message?.v !== '1' || typeof message.type !== 'string') {
    answer({ ok: false, error: { code: 'internal', message: 'Portico was updated meanwhile.', hint: 'Close this window and open it again.' } });
    return false;
  }
  if (message.type === 'demo.page') {
    demoPage(message.args.path, message.args.method).then(answer, (error) => answer(internal(error)));
    return true;
  }
  backend().then((go) => go.handle(message.type, message.args ?? {})).then(answer, (error) => answer(internal(error)));
  return true; // answered later
});
chrome.alarms.onAlarm.addListener((alarm) => { backend().then((go) => go.alarm(alarm.name)); });
chrome.permissions.onAdded.addListener(() => { backend().then((go) => go.granted()); });
