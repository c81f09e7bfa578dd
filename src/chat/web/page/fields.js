// @ts-check

import { attr, el, write } from './dom.js';
import { WORDS } from './words.js';

/** @import { About } from '../view.ts' */

/**
 * Fields for motion, model, length, sound and shape, to stand in a form.
 * @param {About} about
 * @param {{ prefix?: string, hint?: HTMLElement }} [how] Prefix of ids; where the meaning of the shape is told.
 */
export const takeFields = (about, { prefix, hint } = {}) => [
  rangeField(WORDS.motion, 'motion', about.motion, { prefix }),
  ...modelFields(about, prefix),
  choice(
    WORDS.shape,
    'fit',
    about.fits.map((fit) => ({ value: fit, name: WORDS.fits[fit]?.name ?? fit })),
    { prefix, hint },
  ),
];

/**
 * Sets a form's fields by their names.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
export function setFields(form, values) {
  // The model first: other fields follow it.
  for (const [name, value] of Object.entries(values).toSorted(
    ([a], [b]) => Number(b === 'model') - Number(a === 'model'),
  )) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    if (field instanceof HTMLInputElement) field.dispatchEvent(new Event('input'));
    const chosen = name === 'model' && form.querySelector('input[name="model"]:checked');
    if (chosen) chosen.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/**
 * What a model's clips may be; the usual one's where it is not named.
 * @param {About} about
 * @param {string} [model]
 */
export const modelIn = (about, model) => about.models.find(({ name }) => name === model) ?? about;

/**
 * What such a clip costs.
 * @param {About} about
 * @param {{ model?: string, sound?: string, duration?: string | number }} options
 */
export function costOf(about, { model, sound, duration = '' }) {
  const { costs, soundCosts } = modelIn(about, model);
  return ((sound === 'on' && soundCosts) || costs)[duration] ?? 0;
}

/**
 * The model, where there is a choice, and what depends on it: its lengths, and sound.
 * @param {About} about
 * @param {string} [prefix] Of ids.
 */
function modelFields(about, prefix) {
  const depending = el('div', { className: 'depending' });
  /** @param {string} [model] */
  function show(model) {
    const { durations, soundCosts, endFrame } = modelIn(about, model);
    const before = depending.querySelector('input[name="duration"]:is(:checked, [type="range"])');
    const wanted = before instanceof HTMLInputElement ? Number(before.value) : about.usual.duration;
    const usual = durations.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)[0] ?? wanted;
    const sounds = [
      { value: 'off', name: WORDS.silent },
      { value: 'on', name: WORDS.withSound },
    ];
    const sound = soundCosts ? [choice(WORDS.sound, 'sound', sounds, { prefix, value: 'off' })] : [];
    const frames = [
      { value: 'first', name: WORDS.beginsClip },
      { value: 'last', name: WORDS.endsClip },
    ];
    const frame = endFrame ? [choice(WORDS.frame, 'frame', frames, { prefix, value: 'first' })] : [];
    depending.replaceChildren(lengthField(durations, { prefix, usual }), ...sound, ...frame);
  }
  show();
  if (about.models.length === 0) return [depending];
  const models = about.models.map(({ name, label }) => ({ value: name, name: label }));
  const field = choice(WORDS.model, 'model', models, { prefix, value: about.usual.model });
  field.addEventListener('change', ({ target }) => target instanceof HTMLInputElement && show(target.value));
  return [field, depending];
}

/** More lengths in a row than these are a range. */
const FEW_LENGTHS = 4;

/**
 * @param {readonly number[]} durations The shortest first.
 * @param {{ prefix?: string, usual: number }} how
 */
function lengthField(durations, { prefix, usual }) {
  const [min = usual] = durations;
  const max = durations.at(-1) ?? usual;
  const isRange = durations.length > FEW_LENGTHS && max - min === durations.length - 1;
  if (isRange) return rangeField(WORDS.length, 'duration', { min, max, usual }, { prefix, say: WORDS.seconds });
  const lengths = durations.map((seconds) => ({ value: String(seconds), name: WORDS.seconds(seconds) }));
  return choice(WORDS.length, 'duration', lengths, { prefix, value: String(usual) });
}

/**
 * @param {string} label
 * @param {string} name
 * @param {About['motion']} range
 * @param {{ prefix?: string, say?: (value: number) => string }} [how] Prefix of ids; its value in words.
 */
function rangeField(label, name, { min, max, usual }, { prefix = '', say = String } = {}) {
  const id = `${prefix}${name}`;
  const range = el('input', { type: 'range', id, name, min: `${min}`, max: `${max}`, step: '1', value: `${usual}` });
  const output = attr(el('output', { className: 'small' }, say(usual)), { for: id });
  range.addEventListener('input', () => write(output, say(Number(range.value))));
  return el('div', { className: 'field' }, el('label', { htmlFor: id }, label), range, output);
}

/**
 * @param {string} label
 * @param {string} name
 * @param {{ value: string, name: string }[]} choices
 * @param {{ prefix?: string, hint?: HTMLElement, value?: string }} [how] Prefix of ids; what the choice means; what is chosen.
 */
export function choice(label, name, choices, { prefix = '', hint, value: chosen } = {}) {
  const radios = choices.map(({ value, name: words }) => {
    const id = `${prefix}${name}-${value || 'none'}`;
    const input = el('input', { type: 'radio', name, value, id, checked: value === chosen });
    return el('span', {}, input, el('label', { htmlFor: input.id }, words));
  });
  const row = el('span', { className: 'segments' }, ...radios);
  const field = el('fieldset', { className: 'field' }, el('legend', {}, label), row);
  if (hint) attr(field, { 'aria-describedby': hint.id }).append(hint);
  return field;
}
