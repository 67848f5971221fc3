// The bookmarks of a portal whose roles were revoked: looked at first, then removed.
import { ask } from './ask.js';
import { say } from './say.js';

const make = (tag, ...properties) => Object.assign(document.createElement(tag), ...properties);

// revoked gives a button, and the place below it that shows the list. What came of it is
// said in another.
export const revoked = (portal, told) => {
  const said = (text, failed) => say(told, text, failed);
  const look = make('button', { type: 'button', className: 'look-revoked', textContent: 'Revoked bookmarks' });
  const place = make('div', { hidden: true, className: 'revoked' });
  const answered = async (type, args, done) => {
    try {
      done(await ask(type, { portal, ...args }));
    } catch (error) {
      said(error.message, true);
    }
  };
  const close = () => {
    place.hidden = true;
    look.focus();
  };
  place.addEventListener('keydown', (e) => { if (e.key === 'Escape') close(); });
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
    cancel.addEventListener('click', close);
    remove.addEventListener('click', () => answered('bookmarks.prune', { ids: boxes.filter((box) => box.checked).map((box) => box.value).join(' ') }, ({ count }) => {
      close();
      said(`Removed: ${count ?? 0}.`);
    }));
    place.replaceChildren(...boxes.map((box) => {
      const label = make('label', { className: 'check' });
      label.append(box, make('bdi', { textContent: box.title }));
      return label;
    }), cancel, remove);
    cancel.focus();
  };
  look.addEventListener('click', () => answered('bookmarks.revoked', {}, show));
  return [look, place];
};
