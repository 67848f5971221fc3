// What came of something is said next to what was pressed, in view; and so is asked
// whether something is meant that can't be undone.

// said makes a place for that, which screen readers listen to.
export const said = () => Object.assign(document.createElement('output'), { role: 'status', className: 'said' });

export const say = (place, text, failed = false) => {
  place.classList.toggle('failed', failed);
  place.textContent = text;
  if (text) place.scrollIntoView({ block: 'nearest' });
};

// sayHow says how it ended: what to say of that is promised, or it fails.
export const sayHow = (place, promised) => promised.then((text) => say(place, text), (error) => say(place, error.message, true));

// sure has a place ask, which button opens: the focus goes to what leaves all as it is,
// Escape does that as well, and the focus goes back to the button. It gives what closes
// the place.
export const sure = (button, place, cancel) => {
  const close = () => {
    place.hidden = true;
    button.ariaExpanded = 'false';
    button.focus();
  };
  button.ariaExpanded = 'false';
  button.addEventListener('click', () => {
    place.hidden = false;
    button.ariaExpanded = 'true';
    cancel.focus();
    place.scrollIntoView({ block: 'nearest' });
  });
  cancel.addEventListener('click', close);
  place.addEventListener('keydown', (e) => { if (e.key === 'Escape') close(); });
  return close;
};
