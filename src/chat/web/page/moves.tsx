import { useComputed } from '@preact/signals';
import { about } from './about.ts';
import type { Draft } from './draft.ts';
import { WORDS } from './words.ts';

const MOVES = Object.entries(WORDS.moves).map(([kind, words]) => ({ kind, ...words }));
const startsWith = ([first = '', ...rest]: string): string => first.toLocaleUpperCase() + rest.join('');

/** A scene with a move in place of the one of these that it ends with; the same move once more takes it away. */
export function moved(scene: string, move: string): string {
  const before = withoutMove(scene);
  if (moveOf(scene) === move) return before;
  return before === '' ? startsWith(move) : WORDS.withMove(before, move);
}

/** Which of them a scene ends with. */
function moveOf(scene: string): string | undefined {
  return MOVES.find((each) => ends(scene, each.scene) !== undefined)?.scene;
}

function withoutMove(scene: string): string {
  const text = scene.trim();
  const found = moveOf(text);
  return (found && ends(text, found)) ?? text;
}

/** What stands before a move at a scene's end. */
function ends(scene: string, move: string): string | undefined {
  const text = scene.trim();
  if (text === startsWith(move)) return '';
  const joined = WORDS.withMove('', move);
  return text.endsWith(joined) ? text.slice(0, -joined.length) : undefined;
}

/** Moves of the camera as small pictures that make them, of the picture that is chosen; a press puts one into the scene. */
export function Moves({ draft }: { draft: Draft }) {
  const chosen = useComputed(() => moveOf(draft.scene.value)).value;
  const isWordless = useComputed(() => draft.scene.value.trim() === '').value;
  const shown = draft.slot.picture.value?.url ?? '/samples/boat-still.jpg';
  const thumb = (kind: string) => (
    <span class="move-thumb">
      <img class={`move-${kind}`} src={shown} alt="" />
    </span>
  );
  return (
    <ul id="moves" class="moves" aria-label={WORDS.howItMoves}>
      {MOVES.map(({ kind, name, scene: move }) => (
        <li key={kind}>
          <button
            type="button"
            aria-pressed={chosen === move}
            onClick={() => draft.write(moved(draft.scene.peek(), move))}
          >
            {thumb(kind)}
            {name}
          </button>
        </li>
      ))}
      {about.value?.wordless && (
        <li key="alone">
          <button
            type="button"
            id="by-itself"
            disabled={!isWordless}
            onClick={() => draft.submit({ isWordless: true })}
          >
            {thumb('alone')}
            {WORDS.letItMove}
          </button>
        </li>
      )}
    </ul>
  );
}
