// A sheet lies over the page until it is closed: by Escape, by a click beside it, by what
// is chosen on it. The focus goes back to where it was.
export const sheet = (id, content) => {
  const made = Object.assign(document.createElement('dialog'), { id });
  made.append(...content);
  document.body.append(made);
  made.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || e.isComposing) return;
    made.close();
    e.preventDefault(); // the browser would close the popup
  });
  made.addEventListener('click', (e) => { if (e.target === made) made.close(); });
  return made;
};

// element makes one of a kind, with its properties.
export const element = (kind, properties = {}, ...content) => {
  const made = Object.assign(document.createElement(kind), properties);
  made.append(...content);
  return made;
};
