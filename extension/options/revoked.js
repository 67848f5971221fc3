// The bookmarks of a portal whose roles were revoked: looked at first, then removed.
import { ask } from './ask.js';

const make = (tag, ...properties) => Object.assign(document.createElement(tag), ...properties);

// revoked gives a button, and the place below it that shows the list.
export const revoked = (portal, said) => {
  const look = make('button', { type: 'button', className: 'look-revoked', textContent: 'Revoked bookmarks' });
  const place = make('div', { hidden: true, className: 'revoked' });
  const answered = async (type, args, done) => {
    try {
      done(await ask(type, { portal, ...args }));
    } catch (error) {
      said(error.message);
    }
  };
  const show = ({ list = '' }) => {
    const boxes = list.split('\n').filter(Boolean).map((line) => {
      const [value, title] = line.split('\t');
      return make('input', { type: 'checkbox', checked: true, value, title });
    });
    place.hidden = !boxes.length;
    if (!boxes.length) return said('No bookmark of this portal is of a role that was revoked.');
    said('');
    const remove = make('button', { type: 'button', className: 'danger', textContent: 'Remove these bookmarks' });
    const cancel = make('button', { type: 'button', textContent: 'Cancel' });
    cancel.addEventListener('click', () => { place.hidden = true; });
    remove.addEventListener('click', () => answered('bookmarks.prune', { ids: boxes.filter((box) => box.checked).map((box) => box.value).join(' ') }, ({ count }) => {
      place.hidden = true;
      said(`Removed: ${count ?? 0}.`);
    }));
    place.replaceChildren(...boxes.map((box) => {
      const label = make('label', { className: 'check' });
      label.append(box, make('bdi', { textContent: box.title }));
      return label;
    }), remove, cancel);
  };
  look.addEventListener('click', () => answered('bookmarks.revoked', {}, show));
  return [look, place];
};
