import type { CameraMove, Understood } from '../../task/understood.ts';
import { type Lexicon, lexiconFor } from './lexicon.ts';
import type { MoveRow, Way } from './moves.ts';

/** What a scene says about the camera. */
export interface Shot extends Understood {
  moves: CameraMove[];
}

/** What was heard so far. */
interface Heard extends Shot {
  /** "No zoom": something was ruled out. */
  refused: boolean;
  /** Of the move to come: "slow, smooth zoom". */
  extent: number | undefined;
  /** Who made the moves of the last clause that has words. */
  mover: Actor;
  /** Row of the last move, which a way alone repeats: "pan left, then right". */
  last: MoveRow | undefined;
}

/** Who acts: nobody yet (so it is an order), the camera by name, or somebody in the picture. */
type Actor = 'nobody' | 'camera' | 'somebody';

/** Reads the camera's moves out of a scene. Words about what moves *in* the picture are left alone. Pure. */
export function parseScene(scene: string): Shot {
  const heard: Heard = {
    moves: [],
    shake: 0,
    rest: false,
    refused: false,
    extent: undefined,
    mover: 'nobody',
    last: undefined,
  };
  const { lexicon, words } = lexiconFor(scene);
  for (const clause of clausesOf(words, lexicon)) readClause(clause.words, { lexicon, clause, heard });
  // "Hold the camera still" says it twice.
  const moves = heard.moves.filter(({ kind }, i, all) => kind !== 'hold' || all[i - 1]?.kind !== 'hold');
  // "No zoom, no camera movement": whoever only rules things out wants the camera to keep still.
  if (heard.refused && moves.length === 0) moves.push({ kind: 'hold', sign: 0, extent: 1, together: false });
  return { moves, shake: heard.shake, rest: heard.rest };
}

/** The words between two marks. */
interface Clause {
  words: string[];
  /** They tell of the same time as those before. */
  together: boolean;
  /** They go on with who moved before, unless they name somebody: "the camera rises, then descends". */
  goesOn: boolean;
}

function clausesOf(all: readonly string[], { is }: Lexicon): Clause[] {
  const clauses: Clause[] = [{ words: [], together: false, goesOn: false }];
  for (const word of all) {
    const together = is('while', word);
    const goesOn = is('then', word);
    if (together || goesOn || !/^[\p{L}\p{N}]/u.test(word)) clauses.push({ words: [], together, goesOn });
    else clauses.at(-1)?.words.push(word);
  }
  return clauses;
}

function readClause(
  words: readonly string[],
  { lexicon, clause, heard }: { lexicon: Lexicon; clause: Pick<Clause, 'together' | 'goesOn'>; heard: Heard },
): void {
  const { is, extent: extentOf, way: wayOf, marksActors } = lexicon;
  const earlier = heard.moves.length;
  const together = clause.together && heard.moves.length > 0;
  let actor: Actor = clause.goesOn ? heard.mover : 'nobody';
  let mover: Actor | undefined;
  let no = false;
  let end = 0;
  for (const [i, word] of words.entries()) {
    if (i < end) continue;
    const move = moveAt(words, { at: i, from: end, lexicon, last: heard.last });
    if (move && isOfCamera(move, actor, { heard, lexicon })) {
      const { does } = move;
      const extent = move.extent ?? heard.extent ?? 1;
      const before = heard.moves.length;
      const isFirst = heard.moves.length === earlier;
      if (no) heard.refused = true;
      else if (does === 'shake') heard.shake = extent;
      else if (does) heard.moves.push({ kind: does.kind, sign: does.sign, extent, together: together && isFirst });
      heard.last = move.row;
      heard.extent = undefined;
      mover = actor;
      no = is('notAfter', words[move.end]);
      if (no && heard.moves.length > before) heard.moves.pop();
      if (no) heard.refused = true;
      end = no ? move.end + 1 : move.end;
      no = false;
    } else if (is('and', word)) actor = mover ?? actor;
    else if (is('not', word)) no = true;
    else if (is('camera', word)) actor = 'camera';
    else if (extentOf(word) !== undefined) heard.extent = extentOf(word);
    else if (!is('filler', word) && wayOf(word) === undefined) {
      // Where words say who acts, another beside the camera is what it is done to.
      if (actor !== 'camera' || !marksActors || is('actor', words[i + 1])) actor = 'somebody';
      heard.rest = true;
      heard.extent = undefined;
      no = false;
    }
  }
  if (words.length > 0) heard.mover = mover === 'camera' ? 'camera' : 'nobody';
  const last = heard.moves.slice(earlier).at(-1);
  // "Zoom in on her face slowly" is "slowly zoom in on her face".
  if (last?.extent === 1) last.extent = heard.extent ?? 1;
  if (last || actor === 'somebody') heard.extent = undefined;
}

/** A word that may name a move, with its tail: "slowly to the left". A way alone repeats the last move. */
function moveAt(
  words: readonly string[],
  { at, from, lexicon, last }: { at: number; from: number; lexicon: Lexicon; last: MoveRow | undefined },
) {
  const { is, way: wayOf, extent: extentOf } = lexicon;
  const word = words[at] ?? '';
  const named = lexicon.move(word);
  const row = named ?? (wayOf(word) && !(at > from && is('camera', words[at - 1])) ? last : undefined);
  if (!row) return undefined;
  const start = named ? at + 1 : at;
  const tail: string[] = [];
  let way: Way | undefined;
  for (const word of words.slice(start)) {
    const its = wayOf(word);
    // A camera after the way begins anew: "zoom in camera drifts left".
    if (
      its ? its !== (way ?? its) : extentOf(word) === undefined && !is('filler', word) && (way || !is('camera', word))
    )
      break;
    way ??= its;
    tail.push(word);
  }
  while (is('filler', tail.at(-1))) tail.pop();
  const end = start + tail.length;
  // Before it, too: "nach links schwenken".
  const before = words.slice(from, at).findLast((word) => extentOf(word) === undefined && !is('filler', word));
  way ??= wayOf(before);
  const extent = extentOf(tail.findLast((word) => extentOf(word) !== undefined));
  const next = words.slice(end).find((word) => !is('filler', word) || is('where', word)) ?? '';
  return { row, when: named?.when, does: row.does[way ?? 'alone'], way, tail, extent, end, next };
}

/** Whether it is the camera that makes a move, as its row's `when` says. */
function isOfCamera(
  move: NonNullable<ReturnType<typeof moveAt>>,
  actor: Actor,
  { heard: { extent, last }, lexicon: { is, move: moveOf } }: { heard: Heard; lexicon: Lexicon },
): boolean {
  const { when, way, tail, next } = move;
  const has = (role: 'camera' | 'theirs') => tail.some((word) => is(role, word));
  const isLast = next === '' || is('notAfter', next);
  if (when === undefined) return actor !== 'somebody' && (next === '' || is('and', next));
  if (when === 'always' || actor === 'camera') return true;
  if (when === 'way') return way !== undefined;
  if (actor === 'somebody') return when === 'anywhere' && !has('theirs') && (way ?? extent) !== undefined;
  if (when === 'anywhere' || has('camera')) return true;
  if (when === 'next') return way !== undefined && last !== undefined;
  return isLast ? when !== 'camera' : when === 'order' && (moveOf(next) !== undefined || is('where', next));
}
