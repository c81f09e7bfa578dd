import type { CameraMove, Understood } from '../../task/understood.ts';
import { AROUND, LANGUAGES, MOVES, type MoveRow, SPEEDS, WAYS, type Way, type Words } from './moves.ts';

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
  /** Row of the last move, which a way alone repeats: "pan left, then right". */
  last: MoveRow | undefined;
}

/** Who acts: nobody yet (so it is an order), the camera by name, or somebody in the picture. */
type Actor = 'nobody' | 'camera' | 'somebody';

const wordsOf = (row: Words): string[] => LANGUAGES.flatMap((language) => row[language].split(' '));
const byWord = <Row extends Words>(rows: readonly Row[]) =>
  new Map(rows.flatMap((row) => wordsOf(row).map((word): [string, Row] => [word, row])));
const [MOVE, WAY, SPEED] = [byWord(MOVES), byWord(WAYS), byWord(SPEEDS)];
const ROLES = new Set(AROUND.flatMap((row) => wordsOf(row).map((word) => `${row.role} ${word}`)));
const is = (role: (typeof AROUND)[number]['role'], word = ''): boolean => ROLES.has(`${role} ${word}`);
const PHRASES = [...MOVES, ...WAYS, ...AROUND].flatMap(wordsOf).filter((word) => word.includes('_'));
const PHRASE = new RegExp(`(?<= )(${PHRASES.join('|').replaceAll('_', ' ')})(?= )`, 'g');

/** Reads the camera's moves out of a scene. Words about what moves *in* the picture are left alone. Pure. */
export function parseScene(scene: string): Shot {
  const heard: Heard = { moves: [], shake: 0, rest: false, refused: false, extent: undefined, last: undefined };
  for (const { words, together } of clausesOf(scene)) readClause(words, together && heard.moves.length > 0, heard);
  // "Hold the camera still" says it twice.
  const moves = heard.moves.filter(({ kind }, i, all) => kind !== 'hold' || all[i - 1]?.kind !== 'hold');
  // "No zoom, no camera movement": whoever only rules things out wants the camera to keep still.
  if (heard.refused && moves.length === 0) moves.push({ kind: 'hold', sign: 0, extent: 1, together: false });
  return { moves, shake: heard.shake, rest: heard.rest };
}

/** The words between two marks; `together` where they tell of the same time as those before. A phrase is one word. */
function clausesOf(scene: string): { words: string[]; together: boolean }[] {
  const plain = scene.toLowerCase().replace(/['\u2019]/g, '');
  const tokens = plain.match(/[\p{L}\p{N}]+|[.,;:!?()\n\r\u2013\u2014|/\u2192>+&]/gu) ?? [];
  const joined = ` ${tokens.join(' ')} `.replace(PHRASE, (phrase) => phrase.replaceAll(' ', '_'));
  const clauses: { words: string[]; together: boolean }[] = [{ words: [], together: false }];
  for (const word of joined.trim().split(' ')) {
    const together = is('while', word);
    if (together || is('then', word) || !/^[\p{L}\p{N}]/u.test(word)) clauses.push({ words: [], together });
    else clauses.at(-1)?.words.push(word);
  }
  return clauses;
}

function readClause(words: readonly string[], together: boolean, heard: Heard): void {
  const earlier = heard.moves.length;
  let actor: Actor = 'nobody';
  let mover: Actor | undefined;
  let no = false;
  let end = 0;
  for (const [i, word] of words.entries()) {
    if (i < end) continue;
    const move = moveAt(words, i, i > end ? words[i - 1] : undefined, heard.last);
    if (move && isOfCamera(move, actor, heard)) {
      const { does } = move;
      const extent = move.extent ?? heard.extent ?? 1;
      const isFirst = heard.moves.length === earlier;
      if (no) heard.refused = true;
      else if (does === 'shake') heard.shake = extent;
      else if (does) heard.moves.push({ kind: does.kind, sign: does.sign, extent, together: together && isFirst });
      heard.last = move.row;
      heard.extent = undefined;
      mover = actor;
      no = false;
      end = move.end;
    } else if (is('and', word)) actor = mover ?? actor;
    else if (is('not', word)) no = true;
    else if (is('camera', word)) actor = 'camera';
    else if (SPEED.has(word)) heard.extent = SPEED.get(word)?.extent;
    else if (!is('filler', word) && !WAY.has(word)) {
      actor = 'somebody';
      heard.rest = true;
      heard.extent = undefined;
      no = false;
    }
  }
  const last = heard.moves.slice(earlier).at(-1);
  // "Zoom in on her face slowly" is "slowly zoom in on her face".
  if (last?.extent === 1) last.extent = heard.extent ?? 1;
  if (last || actor === 'somebody') heard.extent = undefined;
}

/** A word that may name a move, with its tail: "slowly to the left". A way alone repeats the last move. */
function moveAt(words: readonly string[], at: number, before = '', last: MoveRow | undefined) {
  const word = words[at] ?? '';
  const named = MOVE.get(word);
  const row = named ?? (WAY.has(word) && !is('camera', before) ? last : undefined);
  if (!row) return undefined;
  const start = named ? at + 1 : at;
  const tail: string[] = [];
  let way: Way | undefined;
  for (const word of words.slice(start)) {
    const its = WAY.get(word)?.way;
    // A camera after the way begins anew: "zoom in camera drifts left".
    if (its ? its !== (way ?? its) : !SPEED.has(word) && !is('filler', word) && (way || !is('camera', word))) break;
    way ??= its;
    tail.push(word);
  }
  while (is('filler', tail.at(-1))) tail.pop();
  const end = start + tail.length;
  way ??= WAY.get(before)?.way;
  const extent = SPEED.get(tail.findLast((word) => SPEED.has(word)) ?? '')?.extent;
  return { row, when: named?.when, does: row.does[way ?? 'alone'], way, tail, extent, end, next: words[end] ?? '' };
}

/** Whether it is the camera that makes a move, as its row's `when` says. */
function isOfCamera(move: NonNullable<ReturnType<typeof moveAt>>, actor: Actor, { extent, last }: Heard): boolean {
  const { when, way, tail, next } = move;
  const has = (role: 'camera' | 'theirs') => tail.some((word) => is(role, word));
  if (when === undefined) return actor !== 'somebody' && (next === '' || is('and', next));
  if (actor === 'camera') return true;
  if (actor === 'somebody') return when === 'anywhere' && !has('theirs') && (way ?? extent) !== undefined;
  if (when === 'anywhere' || has('camera')) return true;
  if (when === 'next') return way !== undefined && last !== undefined;
  return next === '' ? when !== 'camera' : when === 'order' && (MOVE.has(next) || is('where', next));
}
