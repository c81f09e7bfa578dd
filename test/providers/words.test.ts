import { describe, expect, it } from 'vitest';
import { readScene } from '../../src/providers/preview/words.ts';

const SIGNED: Record<string, [string, string, string]> = {
  zoom: ['out', 'zoom', 'in'],
  pan: ['left', 'pan', 'right'],
  tilt: ['up', 'tilt', 'down'],
  roll: ['ccw', 'roll', 'cw'],
  hold: ['', 'hold', ''],
};

/** A shot in a line: "in, left×0.6 & cw, shake". */
function told(scene: string): string {
  const { moves, shake } = readScene(scene);
  const said = moves.map(({ kind, sign, extent, together }, i) => {
    const name = `${SIGNED[kind]?.[sign + 1]}${extent === 1 ? '' : `×${extent}`}`;
    return i === 0 ? name : `${together ? ' & ' : ', '}${name}`;
  });
  return said.join('') + (shake > 0 ? ` shake${shake === 1 ? '' : `×${shake}`}` : '');
}

describe('what a scene says about the camera', () => {
  it.each([
    ['zoom', 'in'],
    ['zoom in', 'in'],
    ['ZOOM OUT!!!', 'out'],
    ['zooms out', 'out'],
    ['push-in on the statue', 'in'],
    ['dolly in', 'in'],
    ['dolly zoom', 'in'],
    ['The camera pulls back to reveal the city', 'out'],
    ['pull out', 'out'],
    ['Zoom into her eyes', 'in'],
    ['pan left', 'left'],
    ['camera pans to the left', 'left'],
    ['pan from left to right', 'right'],
    ['pan from the right', 'left'],
    ['the camera glides right', 'right'],
    ['move the camera to the left', 'left'],
    ['pan across the skyline', 'pan'],
    ['panning shot', 'pan'],
    ['tilt up', 'up'],
    ['tilt the camera down', 'down'],
    ['upward tilt', 'up'],
    ['pan up', 'up'],
    ['camera rises', 'up'],
    ['rotate', 'roll'],
    ['rotate clockwise', 'cw'],
    ['camera spins counter-clockwise', 'ccw'],
    ['rotate the picture anticlockwise', 'ccw'],
    ['roll the camera to the right', 'cw'],
    ['spin', 'roll'],
    ['hold', 'hold'],
    ['hold on her face', 'hold'],
    ['static shot of a lake', 'hold'],
    ['wide static shot', 'hold'],
    ['locked-off shot', 'hold'],
    ["the camera doesn't move", 'hold'],
    ['no camera movement', 'hold'],
    ['no zoom', 'hold'],
    ['hand-held shot of a market', ' shake'],
    ['camera shake', ' shake'],
  ])('hears the move in “%s”', (scene, moves) => expect(told(scene)).toBe(moves));

  it.each([
    ['waves roll in, slow zoom', 'in×0.6'],
    ['slowly zoom in', 'in×0.6'],
    ['zoom in on her face slowly', 'in×0.6'],
    ['slow, smooth zoom in', 'in×0.6'],
    ['camera pans quickly to the left', 'left×1.5'],
    ['crash zoom on the face', 'in×1.5'],
    ['subtle handheld', ' shake×0.6'],
  ])('hears how much in “%s”', (scene, moves) => expect(told(scene)).toBe(moves));

  it.each([
    ['zoom in, pan right, tilt down, rotate clockwise', 'in, right, down, cw'],
    ['zoom in pan left', 'in, left'],
    ['zoom in and out', 'in, out'],
    ['pan left, then right', 'left, right'],
    ['tilt up and down slowly', 'up, down×0.6'],
    ['gently pan right and quickly zoom in', 'right×0.6, in×1.5'],
    ['camera slowly and smoothly pans right, then tilts up', 'right×0.6, up'],
    ['Start with a tilt down, followed by a slow push in', 'down, in×0.6'],
    ['the camera pans over the crowd and tilts up', 'pan, up'],
    ['zoom in, rotating clockwise', 'in, cw'],
    ['zoom in then hold', 'in, hold'],
    ['pan left while zooming in', 'left & in'],
    ['handheld, push in', 'in shake'],
    ['no camera shake, zoom in', 'in'],
  ])('hears every move in order in “%s”', (scene, moves) => expect(told(scene)).toBe(moves));

  it.each([
    'the man left the house',
    'a truck left the farm',
    'waves roll in',
    'barrel rolling hills at dusk',
    'the dancer spins',
    'a globe on a desk, rotating slowly',
    'the camera follows the dog as it rolls over',
    'she holds hands with him',
    'still lake at dawn',
    'static electricity crackles',
    'everything is still',
    'cars zoom past on the highway',
    'a jet zooms into the sky',
    'Peter Pan flies over London',
    'eggs sizzle in a frying pan',
    'he pulls out a gun',
    'the tide pulls back',
    'leaves drift down',
    'flowers tilt up toward the sun',
    'planets orbit the sun',
    'people walk up and down the street',
    '',
    '🌊🌊🌊 …',
  ])('does not take “%s” for a move of the camera', (scene) => expect(told(scene)).toBe(''));

  it('reads the longest scene of nothing but moves in a moment', () => {
    const started = performance.now();
    readScene('zoom in and '.repeat(83));
    readScene('from '.repeat(200));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
