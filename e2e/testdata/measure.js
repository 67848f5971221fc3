// Put into each popup that is measured, before its own script: it types a letter
// once the browser has shown the first rows, and tells when the rows showed and when
// the letter was answered, in milliseconds since the popup was navigated to. Both
// are when the browser says that it had painted them.
const LETTER = 'v';
const query = document.getElementById('query');

const shown = (name) => new Promise((resolve) => {
  new PerformanceObserver((entries, observer) => {
    const entry = entries.getEntries().find(({ identifier }) => identifier === name);
    if (!entry) return;
    observer.disconnect();
    resolve(entry.renderTime);
  }).observe({ type: 'element', buffered: true });
});

// The browser tells of an element once, and rows are recycled: so a text of its own
// comes into the page with the first matched letter, to be painted with it.
const marked = () => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('#sizer mark')) return;
    observer.disconnect();
    const beside = document.createElement('div');
    beside.setAttribute('elementtiming', 'answer');
    beside.style.cssText = 'position: fixed; right: 0; bottom: 0';
    beside.textContent = LETTER;
    document.body.append(beside);
  });
  observer.observe(document.getElementById('sizer'), { childList: true, subtree: true });
};

document.getElementById('row').content.querySelector('.role').setAttribute('elementtiming', 'row');
globalThis.measured = (async () => {
  const painted = await shown('row');
  marked();
  query.value = LETTER;
  query.dispatchEvent(new InputEvent('input'));
  return { painted, answered: await shown('answer') };
})();
