// Where the page of a sign-in leads back to: it hands over what came, and the worker
// closes it. Any page can lead here, so nothing is believed; the worker knows what it
// waits for.
import { ask } from '../options/ask.js';

const query = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname); // nobody is to find it in the address

const say = (title, text) => {
  document.getElementById('title').textContent = title;
  document.getElementById('text').textContent = text;
};

const came = Object.fromEntries(['state', 'code', 'error'].map((name) => [name, query.get(name) ?? '']));
// A worker that dies on the way has stored how far it was.
const handOver = (tries) => ask('signin.return', came).catch((error) => {
  if (!error.passing || tries === 1) throw error;
  return handOver(tries - 1);
});
const nobodys = ({ said }) => String(said).startsWith('NobodyWaits');
if (Object.values(came).some(Boolean)) {
  handOver(3).then(
    ({ portal }) => say(`Signed in to ${portal}`, 'You can close this tab.'),
    (error) => say(nobodys(error) ? 'Nothing was changed' : 'Not signed in', error.message));
} else say('Nothing to do here', 'Your organisation’s sign-in page leads back to this one by itself. Close this tab; to sign in, open Portico.');
