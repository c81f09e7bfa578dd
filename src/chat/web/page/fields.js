// @ts-check

import { attr, el, write } from './dom.js';
import { WORDS } from './words.js';

/** @import { About } from '../view.ts' */

/**
 * Fields for motion, length and shape, to stand in a form.
 * @param {Pick<About, 'motion' | 'durations' | 'fits'>} about
 * @param {{ prefix?: string, hint?: HTMLElement }} [how] Prefix of ids; where the meaning of the shape is told.
 */
export const takeFields = ({ motion, durations, fits }, { prefix, hint } = {}) => [
  motionField(motion, prefix),
  choice(
    WORDS.length,
    'duration',
    durations.map((each) => ({ value: String(each), name: WORDS.seconds(each) })),
    { prefix },
  ),
  choice(
    WORDS.shape,
    'fit',
    fits.map((fit) => ({ value: fit, name: WORDS.fits[fit]?.name ?? fit })),
    { prefix, hint },
  ),
];

/**
 * Sets a form's fields by their names.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
export function setFields(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    if (field instanceof HTMLInputElement) field.dispatchEvent(new Event('input'));
  }
}

/** @param {About['motion']} motion @param {string} [prefix] Of ids. */
function motionField({ min, max, usual }, prefix = '') {
  const id = `${prefix}motion`;
  const range = el('input', {
    type: 'range',
    id,
    name: 'motion',
    min: `${min}`,
    max: `${max}`,
    step: '1',
    value: `${usual}`,
  });
  const output = attr(el('output', { className: 'small' }, `${usual}`), { for: id });
  range.addEventListener('input', () => write(output, range.value));
  return el('div', { className: 'field' }, el('label', { htmlFor: id }, WORDS.motion), range, output);
}

/**
 * @param {string} label
 * @param {string} name
 * @param {{ value: string, name: string }[]} choices
 * @param {{ prefix?: string, hint?: HTMLElement }} [how] Prefix of ids; what the choice means.
 */
export function choice(label, name, choices, { prefix = '', hint } = {}) {
  const radios = choices.map(({ value, name: words }) => {
    const input = el('input', { type: 'radio', name, value, id: `${prefix}${name}-${value || 'none'}` });
    return el('span', {}, input, el('label', { htmlFor: input.id }, words));
  });
  const row = el('span', { className: 'segments' }, ...radios);
  const field = el('fieldset', { className: 'field' }, el('legend', {}, label), row);
  if (hint) attr(field, { 'aria-describedby': hint.id }).append(hint);
  return field;
}
