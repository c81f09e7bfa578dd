import { readClause } from './clause.ts';
import type { Kind, Meaning, Verb } from './lexicon.ts';

/** One thing the camera does. */
export interface Move {
  kind: Exclude<Kind, 'shake'>;
  sign: Meaning['sign'];
  /** 1 is usual, less for "slowly", more for "quickly". */
  extent: number;
  /** At the same time as the move before it ("pan left while zooming in"). */
  together: boolean;
}

/** What a scene says about the camera. */
export interface Shot {
  /** In the order in which they are named; none where the scene does not speak of the camera. */
  moves: Move[];
  /** Extent of handheld shaking, over the whole clip; 0 for none. */
  shake: number;
}

const SAME_TIME = /^(while|whilst|as|with)$/;
const BREAK =
  /([.,;:!?()\n\r\u2013\u2014|/\u2192>+&]+|\b(?:then|next|finally|afterwards?|followed by|before|while|whilst|as|with)\b)/;

/** Reads the camera's moves out of a scene (English). Words about what moves *in* the picture are left alone. Pure. */
export function readScene(scene: string): Shot {
  const shot: Shot = { moves: [], shake: 0 };
  let refused = false;
  let extent: number | undefined;
  let together = false;
  let verb: Verb | undefined;
  for (const part of plain(scene).split(BREAK)) {
    const words = part.trim();
    if (words === '') continue;
    if (BREAK.test(words)) {
      together ||= SAME_TIME.test(words) && shot.moves.length > 0;
      continue;
    }
    const clause = readClause(words.split(' '), { extent, verb });
    for (const { meaning, extent } of clause.found) {
      if (meaning.kind === 'shake') shot.shake = extent;
      else add(shot.moves, { kind: meaning.kind, sign: meaning.sign, extent, together });
      together = false;
    }
    together = false;
    refused ||= clause.refused;
    ({ extent, verb } = clause);
  }
  // "No zoom, no camera movement": whoever only rules things out wants the camera to keep still.
  if (refused && shot.moves.length === 0) shot.moves.push({ kind: 'hold', sign: 0, extent: 1, together: false });
  return shot;
}

function add(moves: Move[], move: Move): void {
  // "Hold the camera still" says it twice.
  if (move.kind === 'hold' && moves.at(-1)?.kind === 'hold') return;
  moves.push(move);
}

function plain(scene: string): string {
  return scene
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .replace(/\b(counter|anti)[- ]?clockwise\b/g, 'counterclockwise')
    .replace(/\bhand[- ]held\b/g, 'handheld')
    .replace(/\bdolly zoom/g, 'zoom')
    .replace(/\bshakycam\b/g, 'shaky cam')
    .replace(/[^\p{L}\p{N}.,;:!?()\n\r\u2013\u2014|/\u2192>+&]+/gu, ' ');
}
