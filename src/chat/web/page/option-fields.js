// @ts-check

import { attr, byId, el, write } from './dom.js';
import { choice, costOf, setFields, takeFields } from './fields.js';
import { WORDS } from './words.js';

/** @import { About } from '../view.ts' */
/** @import { ChosenOptions } from './letters.js' */

const MAX_SEED = 4_294_967_295;

/** What may be set beside the scene, folded away. Nothing is sent of what nobody touched: the server chooses then. */
export function createOptionFields() {
  const place = byId('option-fields', HTMLElement);
  const summary = byId('chosen-options', HTMLElement);
  const form = byId('composer', HTMLFormElement);
  const fitHint = el('span', { className: 'hint small', id: 'fit-hint' });
  const takesHint = el('span', { className: 'hint small', id: 'takes-hint' });
  /** @type {About | undefined} */
  let known;
  /** @type {ChosenOptions} */
  let usual = {};
  /** @type {ChosenOptions} */
  let wanted = {};

  /** @returns {ChosenOptions} What differs from the usual. */
  function chosen() {
    const data = new FormData(form);
    /** @type {ChosenOptions} */
    const options = {};
    for (const name of /** @type {const} */ ([
      'motion',
      'model',
      'duration',
      'sound',
      'frame',
      'fit',
      'takes',
      'seed',
    ])) {
      const value = String(data.get(name) ?? '').trim();
      if (value !== '' && value !== usual[name]) options[name] = value;
    }
    return options;
  }

  function told() {
    const { motion, model, duration, sound, frame, fit, takes = '1', seed } = chosen();
    const shown = { ...usual, ...chosen() };
    const cost = known ? Number(takes) * costOf(known, shown) : 0;
    const price = cost > 0 ? [WORDS.price(cost)] : [];
    const named = known?.models.find(({ name }) => name === model);
    write(fitHint, WORDS.fits[fit ?? usual.fit ?? '']?.means ?? '');
    write(takesHint, cost > 0 ? WORDS.inAll(WORDS.price(cost)) : WORDS.takesMean);
    const parts = [
      takes !== '1' && [WORDS.chose.takes(Number(takes)), ...price].join(', '),
      named && [named.label, ...(takes === '1' ? price : [])].join(', '),
      duration && WORDS.seconds(Number(duration)),
      sound && WORDS.chose.sound,
      frame && `${WORDS.frame}: ${WORDS.endsClip}`,
      motion && WORDS.chose.motion(motion),
      fit && WORDS.fits[fit]?.name,
      seed && WORDS.chose.seed(seed),
    ];
    write(summary, parts.filter(Boolean).join(' · '));
  }

  /** @param {ChosenOptions} options */
  function set(options) {
    setFields(form, { seed: '', ...usual, ...options });
    told();
  }

  place.addEventListener('input', told);
  place.addEventListener('change', told);

  return {
    chosen,
    /** @param {ChosenOptions} options */
    set(options) {
      wanted = options;
      set(options);
    },
    /** A seed, and how many takes, belong to one request; the rest stays for the next one. */
    sent() {
      const { seed: _seed, takes: _takes, ...rest } = chosen();
      this.set(rest);
    },
    badSeed() {
      const { seed } = chosen();
      return seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) <= MAX_SEED);
    },
    focusSeed() {
      byId('options', HTMLDetailsElement).open = true;
      byId('seed', HTMLInputElement).focus();
    },

    /** @param {About} about */
    offer(about) {
      known = about;
      const { motion, usual: now, takes } = about;
      // What nobody touched follows the usual.
      const touched = place.hasChildNodes() ? chosen() : undefined;
      usual = {
        motion: String(motion.usual),
        duration: String(now.duration),
        fit: now.fit,
        takes: '1',
        sound: 'off',
        frame: 'first',
      };
      if (now.model !== undefined) usual.model = now.model;
      if (touched) return set(touched);
      const counts = takes.map((count) => ({ value: String(count), name: String(count) }));
      place.replaceChildren(
        ...takeFields(about, { hint: fitHint }),
        choice(WORDS.takes, 'takes', counts, { hint: takesHint }),
        seedField(),
      );
      set(wanted);
    },
  };
}

function seedField() {
  const input = el('input', {
    id: 'seed',
    className: 'typed',
    name: 'seed',
    inputMode: 'numeric',
    placeholder: WORDS.random,
    autocomplete: 'off',
  });
  const hint = el('span', { className: 'hint small', id: 'seed-hint' }, WORDS.seedMeans);
  attr(input, { 'aria-describedby': hint.id });
  return el('div', { className: 'field' }, el('label', { htmlFor: 'seed' }, WORDS.seed), input, hint);
}
