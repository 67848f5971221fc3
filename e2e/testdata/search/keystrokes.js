// Types texts letter by letter into the search of whatever popup this is, and tells for
// each letter how many milliseconds went by until all that it causes in the page was
// done: search, rows, layout.
globalThis.keystrokes = () => {
  const query = document.getElementById('query');
  const times = [];
  for (const text of ['payments-prod', 'data admin', 'sandbox', 'plat stag read', 'paymnets prod', '4069']) {
    for (let n = 1; n <= text.length; n++) {
      query.value = text.slice(0, n);
      const begun = performance.now();
      query.dispatchEvent(new InputEvent('input'));
      document.getElementById('rows').getBoundingClientRect();
      times.push(performance.now() - begun);
    }
    query.value = '';
    query.dispatchEvent(new InputEvent('input'));
  }
  return times;
};
