// The demo organisation inside the service worker: a fetch that answers what is
// asked of its origin and sends nothing anywhere. Its program is loaded by the
// first request and stays for the worker's life.

// No such host exists (RFC 2606); internal/backend knows the same origin.
const ORIGIN = 'https://demo.invalid/';

// The worker may be stopped at any instant, and what people decided with it.
const STATE = 'demo';

let starting;
const handler = () => (starting ??= (async () => {
  portico.demoState = (await chrome.storage.session.get(STATE))[STATE] ?? '';
  const go = new Go();
  const binding = {};
  globalThis.context = { binding }; // where syumai/workers puts its handler
  let ready;
  const isReady = new Promise((resolve) => { ready = resolve; });
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/demo.wasm'), {
    ...go.importObject,
    workers: { ready: () => ready() },
  });
  go.run(instance);
  await isReady;
  return binding;
})().catch((error) => {
  starting = undefined;
  throw error;
}));

export const isDemo = (url) => url.startsWith(ORIGIN);

export const demoFetch = async (url, init = {}) => {
  init.signal?.throwIfAborted();
  const { method = 'GET', headers, body } = init;
  const answer = await (await handler()).handleRequest(new Request(url, { method, headers, body }));
  // Whatever changes the state is stored before it is known to have happened.
  if (method === 'POST') await chrome.storage.session.set({ [STATE]: portico.readDemoState() });
  return answer;
};

// The demo's pages (portal.html) ask for what a portal's own pages would show.
export const demoPage = async (path, method) => {
  const answer = await demoFetch(ORIGIN + path.replace(/^\/+/, ''), { method });
  return { status: answer.status, text: await answer.text() };
};
