/** A way a move can go, as a person says it. */
export type Way = 'in' | 'out' | 'left' | 'right' | 'up' | 'down' | 'clockwise' | 'counterclockwise';

/** What the camera does. `none` is a direction left open: the seed decides. */
export type Kind = 'zoom' | 'pan' | 'tilt' | 'roll' | 'hold' | 'shake';
export interface Meaning {
  kind: Kind;
  /** +1: in, right, down, clockwise. -1: out, left, up, counter-clockwise. 0: left open. */
  sign: 1 | -1 | 0;
}

/**
 * When a word speaks of the camera:
 * - `any`: nearly always ("the market at dawn, zoom in");
 * - `order`: as an order or with the camera as its subject ("tilt up", "the camera tilts up"; not "flowers tilt up");
 * - `follow`: as `order`, but only once the camera was spoken of ("zoom in, rotating clockwise"; not "spinning wheels");
 * - `camera`: only with the camera as its subject ("the camera drifts left"; not "drift left");
 * - `state`: as `order`, and only about the camera or alone ("static shot", "still"; not "still lake").
 */
export type Gate = 'any' | 'order' | 'follow' | 'camera' | 'state';

export interface Verb {
  gate: Gate;
  ways: Partial<Record<Way, Meaning>>;
  /** What it means with no way named; absent: nothing. */
  bare?: Meaning;
}

const zoomIn: Meaning = { kind: 'zoom', sign: 1 };
const zoomOut: Meaning = { kind: 'zoom', sign: -1 };
const left: Meaning = { kind: 'pan', sign: -1 };
const right: Meaning = { kind: 'pan', sign: 1 };
const up: Meaning = { kind: 'tilt', sign: -1 };
const down: Meaning = { kind: 'tilt', sign: 1 };
const clockwise: Meaning = { kind: 'roll', sign: 1 };
const counterclockwise: Meaning = { kind: 'roll', sign: -1 };
const hold: Meaning = { kind: 'hold', sign: 0 };
const shake: Meaning = { kind: 'shake', sign: 0 };
const anyPan: Meaning = { kind: 'pan', sign: 0 };
const anyRoll: Meaning = { kind: 'roll', sign: 0 };

const inOut = { in: zoomIn, out: zoomOut };
const turning = { clockwise, counterclockwise, left: counterclockwise, right: clockwise };
const everywhere = { ...inOut, left, right, up, down };

const list = (words: string): string[] => words.split(' ');
const forms = (verb: Verb, words: string): [string, Verb][] => list(words).map((word) => [word, verb]);
const set = (words: string): ReadonlySet<string> => new Set(list(words));

const travel: Verb = { gate: 'camera', ways: everywhere };

/** Every form of every word that can name a move. */
export const VERBS: ReadonlyMap<string, Verb> = new Map([
  ...forms({ gate: 'any', ways: { ...inOut, up: zoomIn, down: zoomIn }, bare: zoomIn }, 'zoom zooms zoomed zooming'),
  ...forms({ gate: 'any', ways: { left, right, up, down }, bare: anyPan }, 'pan pans panned panning'),
  ...forms({ gate: 'order', ways: everywhere, bare: zoomIn }, 'dolly dollies dollying'),
  ...forms({ gate: 'order', ways: { up, down, ...turning } }, 'tilt tilts tilted tilting'),
  ...forms({ gate: 'order', ways: inOut }, 'push pull'),
  ...forms({ gate: 'follow', ways: inOut }, 'pushes pushing pulls pulling'),
  ...forms({ gate: 'order', ways: turning, bare: anyRoll }, 'spin rotate rotation roll twist'),
  ...forms(
    { gate: 'follow', ways: turning, bare: anyRoll },
    'spins spinning rotates rotating rolls rolling twists twisting',
  ),
  ...forms({ gate: 'order', ways: { left, right }, bare: anyPan }, 'orbit'),
  ...forms({ gate: 'follow', ways: { left, right }, bare: anyPan }, 'orbits orbiting'),
  ...forms({ gate: 'camera', ways: { ...turning, left, right, up, down } }, 'turn turns turning swing swings swinging'),
  ...forms(travel, 'move moves moving movement motion go goes going track tracks tracking truck trucks trucking'),
  ...forms(
    travel,
    'glide glides gliding drift drifts drifting slide slides sliding fly flies flying float floats floating',
  ),
  ...forms(travel, 'travel travels travelling creep creeps creeping sweep sweeps sweeping look looks looking'),
  ...forms({ gate: 'camera', ways: { up, down }, bare: up }, 'crane cranes craning rise rises rising'),
  ...forms({ gate: 'camera', ways: { up, down }, bare: down }, 'descend descends descending'),
  ...forms({ gate: 'order', ways: {}, bare: hold }, 'hold freeze'),
  ...forms({ gate: 'follow', ways: {}, bare: hold }, 'holds holding freezes freezing'),
  ...forms({ gate: 'state', ways: {}, bare: hold }, 'static still stationary fixed locked motionless'),
  ...forms({ gate: 'any', ways: {}, bare: shake }, 'handheld'),
  ...forms({ gate: 'state', ways: {}, bare: shake }, 'shaky'),
  ...forms({ gate: 'camera', ways: {}, bare: shake }, 'shake shakes shaking wobble wobbles wobbling'),
]);
/** "No camera movement" means that it holds. */
export const MOVEMENT = set('move moves moving movement motion');

const ways = (way: Way, words: string): [string, Way][] => list(words).map((word) => [word, way]);

export const WAYS: ReadonlyMap<string, Way> = new Map([
  ...ways('in', 'in into inward inwards closer forward forwards'),
  ...ways('out', 'out outward outwards back backward backwards away'),
  ...ways('left', 'left leftward leftwards'),
  ...ways('right', 'right rightward rightwards'),
  ...ways('up', 'up upward upwards'),
  ...ways('down', 'down downward downwards'),
  ...ways('clockwise', 'clockwise cw'),
  ...ways('counterclockwise', 'counterclockwise ccw'),
]);
export const OPPOSITE: Record<Way, Way> = {
  in: 'out',
  out: 'in',
  left: 'right',
  right: 'left',
  up: 'down',
  down: 'up',
  clockwise: 'counterclockwise',
  counterclockwise: 'clockwise',
};

export const CAMERA = set('camera cameras cam shot shots frame lens view viewpoint pov footage picture image');
export const ARTICLES = set('a an the this');
/** Words that stand between a move and what it belongs to without changing who acts. */
export const FILLERS = set(
  'a an the this that our we i it its lets let please want have make do does is be should will now also just very really so ' +
    'bit little to of side by start starts starting begin begins beginning end ends ending finish finishing ' +
    'continue continues keep keeps stay stays remain remains completely perfectly cinematic smooth smoothly steady steadily ' +
    'final long wide medium establishing aerial low high angle simple beautiful elegant epic majestic calm ' +
    'any across around over directly straight all way',
);
/** After an order these say where; anything else is its object and so not the camera ("hold hands"). */
export const WHERE = set(
  'on onto to toward towards at over across from until for through along around past above behind under below ' +
    'between again there and steady still degrees',
);
/** "Cars zoom past": with somebody else acting, these say that the move is theirs. */
export const SOMEBODY_ELSES_WAYS = set('into up down away back forward forwards');
export const NEGATIONS = set('no not without dont doesnt never avoid isnt wont cannot');
/** Before "pan": not the camera's. */
export const KITCHEN = set('frying peter hot cooking sauce iron');

/** How much of a move's usual extent a word asks for. */
export const EXTENTS: ReadonlyMap<string, number> = new Map([
  ...list(
    'slow slowly gentle gently subtle subtly slight slightly soft softly gradual gradually lazy lazily small',
  ).map((word): [string, number] => [word, 0.6]),
  ...list(
    'fast quick quickly rapid rapidly swift swiftly sudden suddenly dramatic dramatically big strong whip crash',
  ).map((word): [string, number] => [word, 1.5]),
]);
