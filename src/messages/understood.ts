import type { CameraMove, Understood } from '../task/understood.ts';

/** What a language says of what a preview does, piece by piece. */
interface UnderstoodWords {
  moves: Readonly<Record<CameraMove['kind'], Readonly<Record<CameraMove['sign'], string>>>>;
  /** Before a move that goes with the one before it, and before one that follows. */
  also: string;
  next: string;
  /** Between the camera's moves and how it is held. */
  comma: string;
  /** After a move. */
  slowly: string;
  quickly: string;
  byHand: string;
  begin: string;
  /** At the end, where the scene says more. */
  rest: string;
  /** The whole sentence where the scene does not speak of the camera. */
  none: string;
}

/** How a language tells of what of a scene a preview does: the order of the pieces is alike in all. */
export const understoodIn =
  (words: UnderstoodWords) =>
  ({ moves, shake, rest }: Understood): string => {
    const camera = moves.map(({ kind, sign, extent, together }, i) => {
      const before = i === 0 ? '' : together ? words.also : words.next;
      return `${before}${words.moves[kind][sign]}${extent === 1 ? '' : extent < 1 ? words.slowly : words.quickly}`;
    });
    const said = [...(camera.length > 0 ? [camera.join('')] : []), ...(shake > 0 ? [words.byHand] : [])];
    return said.length === 0 ? words.none : `${words.begin}${said.join(words.comma)}${rest ? words.rest : ''}`;
  };
