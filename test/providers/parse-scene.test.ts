import { describe, expect, it } from 'vitest';
import { lexiconFor } from '../../src/providers/preview/lexicon.ts';
import { LANGUAGES, MOVES } from '../../src/providers/preview/moves.ts';
import { parseScene } from '../../src/providers/preview/parse-scene.ts';
import { IN_OTHERS } from './support/scenes.ts';

const SIGNED: Record<string, [string, string, string]> = {
  zoom: ['out', 'zoom', 'in'],
  pan: ['left', 'pan', 'right'],
  tilt: ['up', 'tilt', 'down'],
  roll: ['ccw', 'roll', 'cw'],
  hold: ['', 'hold', ''],
};

/** A shot in a line: "in, left×0.6 & cw, shake". */
function told(scene: string): string {
  const { moves, shake } = parseScene(scene);
  const said = moves.map(({ kind, sign, extent, together }, i) => {
    const name = `${SIGNED[kind]?.[sign + 1]}${extent === 1 ? '' : `×${extent}`}`;
    return i === 0 ? name : `${together ? ' & ' : ', '}${name}`;
  });
  return said.join('') + (shake > 0 ? ` shake${shake === 1 ? '' : `×${shake}`}` : '');
}

/** What is heard in which sentence. A row of the tables comes with a sentence here. */
const SENTENCES: Record<string, [scene: string, moves: string][]> = {
  'a move': [
    ['zoom', 'in'],
    ['zoom in', 'in'],
    ['ZOOM OUT!!!', 'out'],
    ['zooms out', 'out'],
    ['zoom down on the city', 'in'],
    ['inward zoom', 'in'],
    ['push-in on the statue', 'in'],
    ['push in to the statue', 'in'],
    ['dolly in', 'in'],
    ['dolly left', 'left'],
    ['dolly along the street', 'in'],
    ['dolly zoom', 'in'],
    ['The camera pulls back to reveal the city', 'out'],
    ['pull out', 'out'],
    ['Zoom into her eyes', 'in'],
    ['pan left', 'left'],
    ['camera pans to the left', 'left'],
    ['pan from left to right', 'right'],
    ['pan from the left side to the right', 'right'],
    ['pan from the right', 'left'],
    ['the camera glides right', 'right'],
    ['move the camera to the left', 'left'],
    ['move closer', 'in'],
    ['waves roll in, we come closer', 'in'],
    ['we move away from the city', 'out'],
    ['pan across the skyline', 'pan'],
    ['panning shot', 'pan'],
    ['orbit left around the car', 'left'],
    ['tilt up', 'up'],
    ['tilt the camera down', 'down'],
    ['continue to tilt up', 'up'],
    ['tilt right', 'cw'],
    ['upward tilt', 'up'],
    ['pan up', 'up'],
    ['camera rises', 'up'],
    ['the camera cranes down', 'down'],
    ['camera descends', 'down'],
    ['the camera moves away', 'out'],
    ['the camera tracks right', 'right'],
    ['the camera floats upwards', 'up'],
    ['the camera sweeps left', 'left'],
    ['the camera turns left', 'left'],
    ['rotate', 'roll'],
    ['rotate clockwise', 'cw'],
    ['camera spins counter-clockwise', 'ccw'],
    ['rotate the picture anticlockwise', 'ccw'],
    ['roll the camera to the right', 'cw'],
    ['spin', 'roll'],
    ['hold', 'hold'],
    ['hold on her face', 'hold'],
    ['hold the camera still', 'hold'],
    ['the camera holds on her face', 'hold'],
    ['keep still', 'hold'],
    ['static shot of a lake', 'hold'],
    ['wide static shot', 'hold'],
    ['a beautiful static shot', 'hold'],
    ['locked-off shot', 'hold'],
    ['hand-held shot of a market', ' shake'],
    ['shaky footage of a market', ' shake'],
    ['camera shake', ' shake'],
  ],
  'that nothing should move': [
    ["the camera doesn't move", 'hold'],
    ['no camera movement', 'hold'],
    ['no motion', 'hold'],
    ['without moving the camera', 'hold'],
    ['no zoom', 'hold'],
    ['no pan, no tilt', 'hold'],
    ['do not zoom, pan left', 'left'],
    ['no camera shake, zoom in', 'in'],
  ],
  'how much': [
    ['waves roll in, slow zoom', 'in×0.6'],
    ['slowly zoom in', 'in×0.6'],
    ['zoom in on her face slowly', 'in×0.6'],
    ['zoom gradually in', 'in×0.6'],
    ['slow, smooth zoom in', 'in×0.6'],
    ['camera pans quickly to the left', 'left×1.5'],
    ['crash zoom on the face', 'in×1.5'],
    ['subtle handheld', ' shake×0.6'],
  ],
  'every move in order': [
    ['zoom in, pan right, tilt down, rotate clockwise', 'in, right, down, cw'],
    ['zoom in pan left', 'in, left'],
    ['zoom in and out', 'in, out'],
    ['pan left, then right', 'left, right'],
    ['pan left, then to the right', 'left, right'],
    ['the camera moves left, then right', 'left, right'],
    ['tilt up and down slowly', 'up, down×0.6'],
    ['gently pan right and quickly zoom in', 'right×0.6, in×1.5'],
    ['camera slowly and smoothly pans right, then tilts up', 'right×0.6, up'],
    ['Start with a tilt down, followed by a slow push in', 'down, in×0.6'],
    ['the camera pans over the crowd and tilts up', 'pan, up'],
    ['zoom in, rotating clockwise', 'in, cw'],
    ['zoom in, pulling back', 'in, out'],
    ['zoom in, orbiting right', 'in, right'],
    ['zoom in then hold', 'in, hold'],
    ['pan left while zooming in', 'left & in'],
    ['handheld, push in', 'in shake'],
  ],
  'the camera beside somebody else': [
    ['market at dawn zoom in', 'in'],
    ['market at dawn slow zoom', 'in×0.6'],
    ['she laughs and the camera drifts left', 'left'],
    ['as the camera pulls back, birds fly away', 'out'],
  ],
};

/** Nothing here is a move of the camera. */
const OF_OTHERS = [
  'the man left the house',
  'a truck left the farm',
  'waves roll in',
  'barrel rolling hills at dusk',
  'the dancer spins',
  'a globe on a desk, rotating slowly',
  'the camera follows the dog as it rolls over',
  'she holds hands with him',
  'still lake at dawn',
  'a lake, still and quiet',
  'static electricity crackles',
  'everything is still',
  'she does not move',
  'never looking back',
  'cars zoom past on the highway',
  'people come closer',
  'a jet zooms into the sky',
  'a jet quickly zooms into the sky',
  'Peter Pan flies over London',
  'eggs sizzle in a frying pan',
  'pan pizza on a plate',
  'a roll on the plate, steam rises',
  'girl holding a handheld fan',
  'he pulls out a gun',
  'pull back the curtain',
  'the tide pulls back',
  'leaves drift down',
  'flowers tilt up toward the sun',
  'planets orbit the sun',
  'people walk up and down the street',
  '',
  '🌊🌊🌊 …',
];

describe('what a scene says about the camera', () => {
  for (const [what, sentences] of Object.entries(SENTENCES))
    it.each(sentences)(`hears ${what} in “%s”`, (scene, moves) => expect(told(scene)).toBe(moves));

  it.each(OF_OTHERS)('does not take “%s” for a move of the camera', (scene) => expect(told(scene)).toBe(''));

  for (const language of LANGUAGES) {
    const { heard, not } = IN_OTHERS[language] ?? { heard: [], not: [] };

    it.each(heard.map((one) => [language, ...one]))('hears in %s: “%s”', (_, scene, moves) =>
      expect(told(scene)).toBe(moves),
    );

    it.each(not.map((scene) => [language, scene]))('takes nothing for a move of the camera in %s: “%s”', (_, scene) =>
      expect(told(scene)).toBe(''),
    );

    it.each(MOVES.flatMap((row) => row[language] ?? []))(
      `has a sentence above in ${language} for a word of “%s”`,
      (words) => {
        const english = [...Object.values(SENTENCES).flat(), ...OF_OTHERS.map((scene) => [scene])];
        const said = language === 'en' ? english : [...heard, ...not.map((scene) => [scene])];
        const plain = said.map(([scene = '']) => lexiconFor(scene).words.join('_'));
        const hyphened = said.map(([scene = '']) => scene.toLowerCase().replaceAll(/[ -]/g, '_'));
        const isSaid = (word: string) => [...plain, ...hyphened].some((scene) => `_${scene}_`.includes(`_${word}_`));
        expect(words.split(' ').some(isSaid)).toBe(true);
      },
    );
  }

  it('reads the longest scene of nothing but moves in a moment', () => {
    const started = performance.now();
    parseScene('zoom in and '.repeat(83));
    parseScene('from '.repeat(200));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
