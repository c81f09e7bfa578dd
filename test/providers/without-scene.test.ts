import { expect, it } from 'vitest';
import { withoutScene } from '../../src/providers/http/without-scene.ts';

const SCENE = 'Anna waves  from the old pier\nat night';

it.each([
  ['as it is', `The words (${SCENE}) are not allowed`, 'The words ( ) are not allowed'],
  ['with other gaps and letters', 'Refused: ANNA WAVES FROM THE OLD PIER AT NIGHT', undefined],
  ['cut short', 'Refused: “Anna waves from the old…”', undefined],
  ['not at all', 'The picture is too dark', 'The picture is too dark'],
  ['by a word of it', 'No night is allowed', 'No night is allowed'],
  ['by something else than words', 7, 7],
])('takes a scene out of what a service says that quotes it %s', (_how, said, shown) => {
  expect(withoutScene(said, SCENE)).toBe(shown);
});

it('leaves what is said where there is no scene', () => {
  expect(withoutScene('The picture is too dark', ' \n')).toBe('The picture is too dark');
});
