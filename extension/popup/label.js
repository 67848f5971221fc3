// Asks what a role is to be called. What can be a label is internal/own's.
import { element, sheet } from './sheet.js';

const title = element('h2', { id: 'label-title', textContent: 'Label' });
const of = element('p', { id: 'label-of', className: 'of' });
const field = element('input', { id: 'label-text', type: 'text', maxLength: 40, autocomplete: 'off', spellcheck: false });
field.setAttribute('aria-labelledby', 'label-title');
field.setAttribute('aria-describedby', 'label-of');
const save = element('button', { type: 'submit', className: 'primary', textContent: 'Save' });
const cancel = element('button', { type: 'button', textContent: 'Cancel' });
const form = element('form', { method: 'dialog' }, title, of, field, element('div', { className: 'buttons' }, save, cancel));
const ask = sheet('label', [form]);
ask.setAttribute('aria-labelledby', 'label-title');
cancel.addEventListener('click', () => ask.close());

// show asks, and hands over what was typed: nothing takes the label away.
export const show = (target, label, then) => {
  globalThis.portico.say('label-of', target);
  field.value = label;
  form.onsubmit = () => then(field.value);
  if (!ask.open) ask.showModal();
  field.select();
};
