import { expect, test } from 'vitest';
import { locales, messagesFor } from '../../src/messages/messages.ts';
import { parseScene } from '../../src/providers/preview/parse-scene.ts';

/** What the preview hears in a scene: the kinds of moves with their signs, and whether a hand shakes. */
const heard = (scene: string) => {
  const { moves, shake } = parseScene(scene);
  return [...moves.map(({ kind, sign }) => `${kind} ${sign}`), ...(shake > 0 ? ['shake'] : [])];
};
const MEANT = { in: ['zoom 1'], pan: ['pan 1'], orbit: ['pan -1'], crane: ['tilt -1'], hand: ['shake'] };
/** Nothing in it is of the camera. */
const WRITTEN = {
  en: 'Snow falls',
  de: 'Schnee fällt',
  es: 'Cae nieve',
  'pt-BR': 'Cai neve',
  fr: 'La neige tombe',
  ru: 'Идёт снег',
  ja: '雪が降る',
};
const SAMPLES = { hills: ['pan 1'], boat: ['zoom 1'], city: ['tilt -1'] };

test.each(locales)(
  'the moves that the page offers are understood in %s, alone and beside what somebody wrote',
  (locale) => {
    const { moves, withMove, samples } = messagesFor(locale).page;
    const written = new Map(Object.entries(WRITTEN)).get(locale) ?? '';
    expect(heard(written)).toEqual([]);
    const scenes = Object.entries(moves).map(([kind, { scene }]) => [kind, scene] as const);
    expect(Object.fromEntries(scenes.map(([kind, scene]) => [kind, heard(scene)]))).toEqual(MEANT);
    expect(Object.fromEntries(scenes.map(([kind, scene]) => [kind, heard(withMove(written, scene))]))).toEqual(MEANT);
    expect(Object.fromEntries(Object.entries(samples).map(([name, { scene }]) => [name, heard(scene)]))).toEqual(
      SAMPLES,
    );
  },
);
