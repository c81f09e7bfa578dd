// @ts-check

import { attr, el } from './dom.js';
import { choice, setFields, takeFields } from './fields.js';
import { icon } from './icons.js';
import { fitHeight, sendsOnEnter } from './text-area.js';
import { WORDS } from './words.js';

/** @import { About, TaskView } from '../view.ts' */

/** @typedef {{ scene: string, options?: Partial<TaskView['options']> }} Answer Without a seed it is another. */

let count = 0;

/**
 * A card's scene, opened for a change, with the options of its take.
 * @param {string} scene
 * @param {object} hooks
 * @param {TaskView['options']} [hooks.options] As they are.
 * @param {About} [hooks.about]
 * @param {(scene: string) => string | undefined} hooks.check
 * @param {(answer: Answer) => void} hooks.send
 * @param {() => void} hooks.close
 */
export function createEditor(scene, { options, about, check, send, close }) {
  const prefix = `edit-${++count}-`;
  const problemId = `${prefix}problem`;
  const placeholder = about?.wordless ? WORDS.mayStayEmpty : '';
  const area = attr(el('textarea', { value: scene, rows: 1, placeholder, dir: 'auto' }), {
    'aria-label': WORDS.newScene,
    'aria-describedby': problemId,
  });
  const problem = attr(el('p', { className: 'problem', id: problemId }), { role: 'alert' });
  const form = attr(
    el(
      'form',
      { className: 'editor', noValidate: true },
      area,
      problem,
      ...(options && about ? [folded(options, about, prefix)] : []),
      el(
        'div',
        { className: 'buttons' },
        el('button', { type: 'submit', className: 'send' }, el('span', {}, WORDS.animate)),
        el('button', { type: 'button', className: 'plain', onclick: close }, el('span', {}, WORDS.keepAsItIs)),
      ),
    ),
    { 'aria-label': WORDS.editScene },
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const sentence = check(area.value.trim());
    problem.textContent = sentence ?? '';
    if (sentence) area.focus();
    else send({ scene: area.value.trim(), options: options && about ? chosenIn(form) : undefined });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  if (options) {
    const { duration, motion, fit, model, sound, frame } = options;
    const chosen = { ...(model ? { model } : {}), ...(sound ? { sound } : {}), ...(frame ? { frame } : {}) };
    setFields(form, { ...chosen, duration: String(duration), motion: String(motion), fit, seed: '' });
  }
  sendsOnEnter(area, form);
  fitHeight(area);

  return {
    element: form,
    /** Once it is on the page: its height is that of its words. */
    open() {
      area.dispatchEvent(new Event('input'));
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
    },
  };
}

/** @param {TaskView['options']} options @param {About} about @param {string} prefix */
function folded({ seed }, about, prefix) {
  const seeds = choice(
    WORDS.seed,
    'seed',
    [
      { value: '', name: WORDS.anotherSeed },
      { value: String(seed), name: WORDS.sameSeed(seed) },
    ],
    { prefix },
  );
  return el(
    'details',
    { className: 'options' },
    el('summary', {}, icon('sliders'), WORDS.options),
    el('div', { className: 'fields' }, ...takeFields(about, { prefix }), seeds),
  );
}

/** @param {HTMLFormElement} form @returns {Partial<TaskView['options']>} */
function chosenIn(form) {
  const data = new FormData(form);
  const [duration, motion, seed] = ['duration', 'motion', 'seed'].map((name) => String(data.get(name) ?? ''));
  return /** @type {Partial<TaskView['options']>} */ ({
    duration: Number(duration),
    motion: Number(motion),
    fit: String(data.get('fit')),
    ...Object.fromEntries(
      ['model', 'sound', 'frame'].flatMap((name) => (data.has(name) ? [[name, String(data.get(name))]] : [])),
    ),
    ...(seed ? { seed: Number(seed) } : {}),
  });
}
