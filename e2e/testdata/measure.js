// Put into each popup that is measured, before its own script: it types a letter
// in the frame after the first rows are there, and tells when the rows were
// painted and when the letter was answered, in milliseconds since the popup was
// navigated to.
const LETTER = 'v';
const sizer = document.getElementById('sizer');
const query = document.getElementById('query');

// painted waits for the end of the frame that shows what is in the page now.
const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(performance.now());
  port2.postMessage(null);
}));

const until = (there) => new Promise((resolve) => {
  const look = () => there() && (observer.disconnect(), resolve());
  const observer = new MutationObserver(look);
  observer.observe(sizer, { childList: true, subtree: true, characterData: true });
  look();
});

globalThis.measured = (async () => {
  await until(() => sizer.querySelector('.row'));
  const rows = await painted();
  query.value = LETTER;
  query.dispatchEvent(new InputEvent('input'));
  await until(() => sizer.querySelector('mark')); // a letter that was found is marked
  return { painted: rows, answered: await painted() };
})();
