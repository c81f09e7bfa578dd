import { describe, expect, test } from 'vitest';
import { costOf, differing, isBadSeed, settled } from '../../../src/chat/web/page/options.ts';
import type { About } from '../../../src/chat/web/view.ts';

const MODEL = {
  costs: { 5: 1, 10: 2 },
  durations: [5, 10],
  wordless: false,
  endFrame: true,
  lastFrame: false,
  shapes: ['auto', 'wide', 'tall', 'square'],
  sizes: [],
  ignores: [],
};
const LOUD = {
  costs: { 4: 3, 8: 6 },
  soundCosts: { 4: 5, 8: 9 },
  durations: [4, 8],
  wordless: false,
  endFrame: false,
  lastFrame: false,
  shapes: ['auto', 'wide', 'tall'],
  sizes: [],
  ignores: ['seed', 'motion'],
};
const ABOUT: About = {
  ...MODEL,
  locale: 'en',
  me: { name: '', isAlone: true },
  models: [
    { ...MODEL, name: 'plain', label: 'Plain' },
    { ...LOUD, name: 'loud', label: 'Loud' },
  ],
  ...{ maxPictureBytes: 1, minSidePx: 1, maxSceneChars: 1, takes: [1, 2], fits: ['crop', 'pad'], commands: [] },
  motion: { min: 1, max: 10, usual: 5 },
  usual: { duration: 5, shape: 'auto', fit: 'crop', model: 'plain' },
  shapeNames: {},
};

describe('the options of a request', () => {
  test('that nobody touched are none: the server chooses', () =>
    expect(differing(ABOUT, settled(ABOUT, {}))).toEqual({}));

  test('follow the model: its nearest length, sound where it has some, and no ending picture where it knows none', () => {
    const loud = settled(ABOUT, { model: 'loud', duration: '10', sound: 'on', frame: 'last' });
    expect(differing(ABOUT, loud)).toEqual({ model: 'loud', duration: '8', sound: 'on' });
    expect(costOf(ABOUT, loud)).toBe(9);
    const plain = settled(ABOUT, { ...loud, model: 'plain', frame: 'last' });
    expect(differing(ABOUT, plain)).toEqual({ duration: '10', frame: 'last' });
    expect(costOf(ABOUT, plain)).toBe(2);
  });

  test('follow it in its shapes, too, and name no seed and no motion that it ignores', () => {
    const chosen = { shape: 'square', seed: '7', motion: '9' };
    expect(differing(ABOUT, settled(ABOUT, chosen))).toEqual(chosen);
    expect(differing(ABOUT, settled(ABOUT, { ...chosen, model: 'loud' }))).toEqual({ model: 'loud', duration: '4' });
    expect(differing(ABOUT, settled(ABOUT, { model: 'loud', shape: 'tall' }))).toMatchObject({ shape: 'tall' });
  });

  test('name no model where there is no choice of them', () =>
    expect(differing(ABOUT, settled({ ...ABOUT, models: [] }, { model: 'gone' }))).toEqual({}));

  test.each([
    ['0', false],
    ['4294967295', false],
    ['4294967296', true],
    ['-1', true],
    ['1.5', true],
    ['seven', true],
  ])('have a seed that is a whole number of 32 bits: %s', (seed, isBad) => expect(isBadSeed(seed)).toBe(isBad));
});
