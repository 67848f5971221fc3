// What the popup shows when it can't start or has stopped: what happened, what
// is left, and a way to begin anew. It is loaded then alone and needs neither Go
// nor any other script.

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const button = (textContent, className, onclick) => make('button', { type: 'button', textContent, className, onclick });

// No secrets: tokens are in the session area, which is not read, and lists of
// accounts are long and can be listed anew.
const left = async () => Object.entries(await chrome.storage.local.get(null))
  .filter(([key]) => /^(aside:)?(portals|settings)$/.test(key))
  .map(([key, value]) => `${key}\n${typeof value === 'string' ? value : JSON.stringify(value)}`)
  .join('\n\n') || 'Nothing is stored.';

const erase = async () => {
  await chrome.storage.local.clear();
  await chrome.storage.session.clear();
  await chrome.alarms.clearAll();
};

export const rescue = (error, started) => {
  const said = make('p', { role: 'status' });
  const says = (what, done) => async () => {
    try {
      said.textContent = await what() ?? done;
    } catch (e) {
      said.textContent = `That did not work: ${e.message}.`;
    }
  };
  const stored = make('textarea', { readOnly: true, hidden: true, rows: 6, ariaLabel: 'What is stored' });
  const show = button('Show what is stored', 'primary', says(async () => {
    stored.value = await left();
    stored.hidden = false;
    stored.select();
  }, 'Copy it from here and keep it.'));

  // Erasing takes two steps, the second elsewhere than the first.
  const cancel = button('Cancel', '', () => { sure.hidden = true; reset.hidden = false; reset.focus(); });
  const sure = make('div', { hidden: true },
    make('p', { textContent: 'This erases your list of portals, your settings and all lists of accounts. Sign out at the portal itself to be sure that your session ends.' }),
    make('div', { className: 'buttons' }, cancel, button('Erase everything', 'danger', says(async () => {
      await erase();
      sure.hidden = stored.hidden = true;
    }, 'Everything stored is erased. Close this window and open it again.'))));
  const reset = button('Reset Portico …', '', () => { sure.hidden = false; reset.hidden = true; cancel.focus(); });

  document.body.replaceChildren(make('main', {}, make('section', { id: 'rescue', className: 'card' },
    make('h2', { textContent: started ? 'Portico has stopped' : 'Portico could not start' }),
    make('p', { textContent: 'Close this window and open it again. If it stays like this, install Portico anew; what is stored can be copied out of it before.' }),
    make('p', { className: 'hint', textContent: String(error?.message ?? error).slice(0, 300) }),
    make('div', { className: 'buttons' }, show, reset),
    stored, sure, said)));
  show.focus();
};
