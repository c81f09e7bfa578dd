import {
  ARTICLES,
  CAMERA,
  EXTENTS,
  FILLERS,
  KITCHEN,
  type Meaning,
  MOVEMENT,
  NEGATIONS,
  OPPOSITE,
  SOMEBODY_ELSES_WAYS,
  VERBS,
  type Verb,
  WAYS,
  type Way,
  WHERE,
} from './lexicon.ts';

/** What one clause hands on to the next: "slow, smooth zoom"; "pan left, then right". */
export interface Carried {
  extent: number | undefined;
  verb: Verb | undefined;
}

export interface Clause extends Carried {
  found: { meaning: Meaning; extent: number }[];
  /** A move was ruled out ("no zoom"). */
  refused: boolean;
}

/** Who acts at a point in a clause: nobody yet (so it is an order), the camera by name, or somebody in the picture. */
type Agent = 'order' | 'camera' | 'other';

/** Reads the words between two punctuation marks, from left to right. Pure. */
export function readClause(words: string[], carried: Carried): Clause {
  const clause: Clause = { found: [], refused: false, extent: carried.extent, verb: carried.verb };
  let agent: Agent = 'order';
  let mover: Agent = 'order';
  let no = false;
  let read = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const verb = VERBS.get(word) ?? repeated(words, i, clause.verb, agent);
    const tail = readTail(words, VERBS.has(word) ? i + 1 : i);
    const before = i > read ? (words[i - 1] ?? '') : '';
    const meaning = verb && meaningOf(verb, { word, before, tail, agent, no, rest: words.slice(tail.end), carried });
    if (meaning) {
      if (no) clause.refused = true;
      else clause.found.push({ meaning, extent: tail.extent ?? clause.extent ?? 1 });
      clause.verb = verb;
      clause.extent = undefined;
      mover = agent;
      no = false;
      read = tail.end;
      i = tail.end - 1;
    } else if (word === 'and') {
      // "The camera pans over the crowd and tilts up": the second verb is still the camera's.
      if (read > 0) agent = mover;
    } else if (NEGATIONS.has(word)) no = true;
    else if (CAMERA.has(word)) agent = 'camera';
    else if (EXTENTS.has(word)) clause.extent = EXTENTS.get(word);
    else if (!FILLERS.has(word) && !WAYS.has(word)) {
      agent = 'other';
      clause.extent = undefined;
      no = false;
    }
  }
  return finish(clause, agent);
}

function finish(clause: Clause, agent: Agent): Clause {
  const last = clause.found.at(-1);
  // "Zoom in on her face, slowly" and "zoom in on her face slowly" are the same.
  if (last && clause.extent !== undefined && last.extent === 1) last.extent = clause.extent;
  if (last || agent === 'other') clause.extent = undefined;
  return clause;
}

/** "Pan left and right", "zoom in, then out": a way alone repeats the verb before it. */
function repeated(words: string[], at: number, verb: Verb | undefined, agent: Agent): Verb | undefined {
  if (!WAYS.has(words[at] ?? '') || agent === 'other') return undefined;
  const next = words[at + 1];
  const alone = next === undefined || next === 'and' || next === 'again' || EXTENTS.has(next);
  return alone && words.slice(0, at).every((word) => !ARTICLES.has(word)) ? verb : undefined;
}

interface Tail {
  way?: Way;
  /** The word that named the way. */
  wayWord?: string;
  extent?: number;
  /** "Tilt the camera up". */
  camera: boolean;
  /** Index of the first word after it. */
  end: number;
}

/** What belongs to a verb: "slowly from the left to the right". */
function readTail(words: string[], start: number): Tail {
  const tail: Tail = { camera: false, end: start };
  let from = false;
  let cameFrom = false;
  for (let i = start; i < words.length; i++) {
    const word = words[i] ?? '';
    const way = WAYS.get(word);
    if (way && (from || cameFrom || !tail.way)) {
      tail.way = from ? OPPOSITE[way] : way;
      tail.wayWord = word;
      cameFrom = from;
      from = false;
    } else if (EXTENTS.has(word)) tail.extent = EXTENTS.get(word);
    else if (CAMERA.has(word) && !tail.way) tail.camera = true;
    else if (word === 'from') from = true;
    else if (word === 'and' ? !EXTENTS.has(words[i - 1] ?? '') : !FILLERS.has(word)) break;
    if (way || EXTENTS.has(word) || CAMERA.has(word)) tail.end = i + 1;
  }
  return tail;
}

interface Place {
  word: string;
  before: string;
  tail: Tail;
  rest: string[];
  agent: Agent;
  no: boolean;
  carried: Carried;
}

/** What a verb means where it stands; undefined when it is not about the camera. */
function meaningOf(verb: Verb, place: Place): Meaning | undefined {
  const { word, before, tail, agent } = place;
  if (KITCHEN.has(before)) return undefined;
  if (place.no && MOVEMENT.has(word) && agent !== 'other') return { kind: 'hold', sign: 0 };
  const way = tail.way ?? WAYS.get(before);
  const meaning = way ? verb.ways[way] : verb.bare;
  if (!meaning || agent === 'camera') return meaning;
  if (agent === 'other') return isNoun(verb, place, way) ? meaning : undefined;
  return isOrder(verb, place, way) ? meaning : undefined;
}

/** "Market at dawn slow zoom": with somebody else acting, only what is hardly theirs. */
function isNoun(verb: Verb, { before, tail }: Place, way: Way | undefined): boolean {
  if (verb.gate !== 'any' || SOMEBODY_ELSES_WAYS.has(tail.wayWord ?? '')) return false;
  return way !== undefined || EXTENTS.has(before) || verb.bare?.kind === 'shake';
}

function isOrder(verb: Verb, { before, tail, rest, carried }: Place, way: Way | undefined): boolean {
  const [next = ''] = rest;
  if (tail.camera) return true;
  switch (verb.gate) {
    case 'any':
      // "Pan" alone is also a thing in a kitchen.
      return (
        way !== undefined ||
        verb.bare?.kind !== 'pan' ||
        EXTENTS.has(before) ||
        /^(the|)$/.test(next) ||
        WHERE.has(next)
      );
    case 'order':
      return next === '' || VERBS.has(next) || (WHERE.has(next) && (way !== undefined || !ARTICLES.has(before)));
    case 'follow':
      return carried.verb !== undefined && way !== undefined;
    case 'state':
      return next === '' || (next === 'off' && before === '');
    case 'camera':
      return false;
  }
}
