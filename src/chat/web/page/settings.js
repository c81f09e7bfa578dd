// @ts-check

import { api } from './api.js';
import { byId, el, write } from './dom.js';
import { newKey } from './key.js';
import { WORDS } from './words.js';

/** @import { SettingsView } from '../view.ts' */

/**
 * What is usual in this chat, for whoever may open it. Each field is sent as soon as it is another.
 * @param {{ onChange(): unknown }} parts
 */
export function createSettings({ onChange }) {
  const dialog = byId('settings-dialog', HTMLDialogElement);
  const form = byId('settings-fields', HTMLFormElement);
  const problem = byId('settings-problem', HTMLElement);

  /** @param {SettingsView} view */
  function show({ title, fields, changes }) {
    write(byId('settings-title', HTMLElement), title);
    form.replaceChildren(...fields.flatMap(fieldOf));
    write(byId('settings-changes', HTMLElement), changes.join('\n'));
    if (!dialog.open) dialog.showModal();
  }

  /** @param {() => ReturnType<typeof api.set>} work */
  async function attempt(work) {
    write(problem, '');
    try {
      const { settings } = await work();
      if (settings) show(settings);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : WORDS.broken;
      write(problem, sentence);
      if (!dialog.open) dialog.showModal();
    }
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', async ({ target }) => {
    if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
    const { id, name, value } = target;
    await attempt(() => api.set(name, value || undefined));
    document.getElementById(id)?.focus(); // the fields were drawn anew
    onChange();
  });
  // A click beside the box reaches the dialog itself.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });

  return {
    show,
    open: () => attempt(() => api.say('settings', { key: newKey() })),
  };
}

/** @param {SettingsView['fields'][number]} field @returns {HTMLElement[]} */
function fieldOf(field) {
  const { name, label, usually } = field;
  const id = `setting-${name}`;
  if (field.kind === 'choice') {
    const select = el(
      'select',
      { id, name, className: 'typed' },
      el('option', { value: '' }, usually),
      ...field.choices.map((each) => el('option', { value: each.value }, each.label)),
    );
    select.value = field.value ?? '';
    return [el('label', { htmlFor: id }, label), select];
  }
  if (field.kind === 'number') {
    const input = el('input', { id, name, type: 'number', className: 'typed', placeholder: usually });
    Object.assign(input, { min: String(field.min), max: String(field.max), value: String(field.value ?? '') });
    return [el('label', { htmlFor: id }, label), input];
  }
  return []; // roles and channels are other platforms'
}
