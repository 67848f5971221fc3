// The demo organisation inside the service worker: a fetch that answers what is
// asked of its origin and sends nothing anywhere. Its program is loaded by the
// first request and stays for the worker's life, or until it ends by itself.
import { requestOf } from '../platform.js';
import { onDemand, run } from '../program.js';

// No such host exists (RFC 2606); internal/backend knows the same origin.
const ORIGIN = 'https://demo.invalid/';

// The worker may be stopped at any instant, and what people decided with it.
const STATE = 'demo';

const demo = onDemand(async (onEnd) => {
  portico.demoState = (await chrome.storage.session.get(STATE))[STATE] ?? '';
  const binding = {};
  globalThis.context = { binding }; // where syumai/workers puts its handler
  let ready;
  const isReady = new Promise((resolve) => { ready = resolve; });
  const program = await run(fetch('/demo.wasm'), { imports: { workers: { ready: () => ready() } }, onEnd });
  await program.ask(() => isReady);
  return { program, binding };
});

export const isDemo = (url) => url.startsWith(ORIGIN);

export const demoFetch = async (url, init = {}) => {
  init.signal?.throwIfAborted();
  const { method = 'GET', headers, body } = init;
  const { program, binding } = await demo();
  const answer = await program.ask(() => binding.handleRequest(requestOf(url, { method, headers, body })));
  // Whatever changes the state is stored before it is known to have happened.
  if (method === 'POST') await chrome.storage.session.set({ [STATE]: portico.readDemoState() });
  return answer;
};

// The demo's pages (portal.html) ask for what a portal's own pages would show.
export const demoPage = async (path, method) => {
  const answer = await demoFetch(ORIGIN + path.replace(/^\/+/, ''), { method });
  return { status: answer.status, text: await answer.text() };
};
