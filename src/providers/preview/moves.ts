import type { CameraMove } from '../../task/understood.ts';

/** Languages whose words are understood, all at once. One more is a name here, and a cell in each row below. */
export const LANGUAGES = ['en'] as const;
/** Words with a space between them; in a phrase stands `_`. */
export type Words = Readonly<Record<(typeof LANGUAGES)[number], string>>;

/** What the camera does. */
export type Meaning = Pick<CameraMove, 'kind' | 'sign'>;
export type Way = 'in' | 'out' | 'left' | 'right' | 'up' | 'down' | 'clockwise' | 'counterclockwise';

/**
 * When words speak of the camera. After the camera's name, in the same clause, all of them do; else
 * - `anywhere`: nearly always ("the market at dawn zoom in");
 * - `order`: where nobody else acts and no object follows ("tilt up", "hold on her face"; not "hold hands");
 * - `next`: where nobody else acts, after a move, with a way ("zoom in, rotating clockwise"; not "spinning wheels");
 * - `end`: where nobody else acts and the clause ends with them ("keep still"; not "still lake");
 * - `camera`: never ("the camera drifts left"; not "leaves drift left").
 */
type When = 'anywhere' | 'order' | 'next' | 'end' | 'camera';

export interface MoveRow extends Words {
  when: When;
  /** With each way that may be named, and with none (`alone`). `shake` is a hand's, over the whole clip. */
  does: Readonly<Partial<Record<Way | 'alone', Meaning | 'shake'>>>;
}

const ZOOM = { in: { kind: 'zoom', sign: 1 }, out: { kind: 'zoom', sign: -1 } } as const;
const CLOSER = { ...ZOOM, up: ZOOM.in, down: ZOOM.in, alone: ZOOM.in };
const PAN = { left: { kind: 'pan', sign: -1 }, right: { kind: 'pan', sign: 1 } } as const;
const TILT = { up: { kind: 'tilt', sign: -1 }, down: { kind: 'tilt', sign: 1 } } as const;
const ROLL = { clockwise: { kind: 'roll', sign: 1 }, counterclockwise: { kind: 'roll', sign: -1 } } as const;
const TURN = { ...ROLL, left: ROLL.counterclockwise, right: ROLL.clockwise };
const SPIN = { ...TURN, alone: { kind: 'roll', sign: 0 } } as const;
const ORBIT = { ...PAN, alone: { kind: 'pan', sign: 0 } } as const;
const TRAVEL = { ...ZOOM, ...PAN, ...TILT, ...ROLL };
const HOLD = { alone: { kind: 'hold', sign: 0 } } as const;
const SHAKE = { alone: 'shake' } as const;

export const MOVES: readonly MoveRow[] = [
  { when: 'anywhere', does: CLOSER, en: 'zoom zooms zoomed zooming dolly_zoom dolly_zooms' },
  { when: 'anywhere', does: { ...TILT, ...ORBIT }, en: 'pan pans panned panning' },
  { when: 'order', does: { ...TRAVEL, alone: ZOOM.in }, en: 'dolly dollies dollying' },
  { when: 'order', does: ZOOM, en: 'push pull' },
  { when: 'next', does: ZOOM, en: 'pushes pushing pulls pulling' },
  { when: 'order', does: { ...TILT, ...TURN }, en: 'tilt tilts tilted tilting' },
  { when: 'order', does: SPIN, en: 'spin rotate rotation roll twist' },
  { when: 'next', does: SPIN, en: 'spins spinning rotates rotating rolls rolling twists twisting' },
  { when: 'order', does: ORBIT, en: 'orbit' },
  { when: 'next', does: ORBIT, en: 'orbits orbiting' },
  { when: 'order', does: TRAVEL, en: 'move movement motion' },
  { when: 'camera', does: { ...TILT, alone: TILT.up }, en: 'crane cranes craning rise rises rising' },
  { when: 'camera', does: { ...TILT, alone: TILT.down }, en: 'descend descends descending' },
  { when: 'camera', does: TRAVEL, en: 'moves moving go goes going' },
  { when: 'camera', does: TRAVEL, en: 'track tracks tracking truck trucks trucking drift drifts drifting' },
  { when: 'camera', does: TRAVEL, en: 'glide glides gliding slide slides sliding fly flies flying' },
  { when: 'camera', does: TRAVEL, en: 'float floats floating travel travels travelling creep creeps creeping' },
  { when: 'camera', does: TRAVEL, en: 'sweep sweeps sweeping swing swings swinging' },
  { when: 'camera', does: TRAVEL, en: 'look looks looking turn turns turning' },
  { when: 'order', does: HOLD, en: 'hold freeze locked_off not_moving without_moving' },
  { when: 'end', does: HOLD, en: 'static still stationary fixed locked motionless' },
  { when: 'camera', does: HOLD, en: 'holds holding freezes freezing' },
  { when: 'anywhere', does: SHAKE, en: 'handheld hand_held shakycam' },
  { when: 'end', does: SHAKE, en: 'shaky' },
  { when: 'camera', does: SHAKE, en: 'shake shakes shaking wobble wobbles wobbling' },
  // What only sounds like a move.
  { when: 'camera', does: {}, en: 'frying_pan hot_pan sauce_pan cooking_pan pan_of pan_pizza pan_flute peter_pan' },
  { when: 'camera', does: {}, en: 'a_roll_on a_roll_and a_roll_with a_twist_on the_roll_of' },
];

/** Ways to go: who pans "from the left" pans right. */
export const WAYS: readonly (Words & { way: Way })[] = [
  { way: 'in', en: 'in into inward inwards closer forward forwards' },
  { way: 'out', en: 'out outward outwards back backward backwards away' },
  { way: 'left', en: 'left leftward leftwards from_right from_the_right' },
  { way: 'right', en: 'right rightward rightwards from_left from_the_left' },
  { way: 'up', en: 'up upward upwards' },
  { way: 'down', en: 'down downward downwards' },
  { way: 'clockwise', en: 'clockwise cw' },
  { way: 'counterclockwise', en: 'counterclockwise counter_clockwise anticlockwise anti_clockwise ccw' },
];

/** How much of a move's usual extent a word asks for. */
export const SPEEDS: readonly (Words & { extent: number })[] = [
  { extent: 0.6, en: 'slow slowly gentle gently subtle subtly slight slightly small' },
  { extent: 0.6, en: 'soft softly gradual gradually lazy lazily' },
  { extent: 1.5, en: 'fast quick quickly rapid rapidly swift swiftly sudden suddenly' },
  { extent: 1.5, en: 'dramatic dramatically big strong whip crash' },
];

/** What stands around moves. Any other word is somebody in the picture, who acts. */
export const AROUND = [
  { role: 'camera', en: 'camera cameras cam shot shots frame lens view viewpoint pov footage picture image' },
  { role: 'not', en: 'no not without dont doesnt never avoid isnt wont cannot' }, // rules out the move after it
  { role: 'then', en: 'then next finally afterward afterwards followed_by before' }, // ends a clause, as a comma does
  { role: 'while', en: 'while whilst as with' }, // so does this, and what follows happens at the same time
  { role: 'and', en: 'and again' }, // goes on with who moved last: "the camera pans over the crowd and tilts up"
  { role: 'theirs', en: 'into up down away back forward forwards' }, // ways of others: "a jet zooms into the sky"
  // After an order; anything else there is its object: "hold hands".
  { role: 'where', en: 'on onto to toward towards at over across from until for through along around past above' },
  { role: 'where', en: 'behind under below between and again there steady still degrees' },
  // Says nothing of who acts.
  { role: 'filler', en: 'a an the this that our we i it its lets let please want have make do does is be should will' },
  { role: 'filler', en: 'now also just very really so bit little any to of by all way side across around over' },
  { role: 'filler', en: 'start starts starting begin begins beginning end ends ending finish finishing continue' },
  { role: 'filler', en: 'continues keep keeps stay stays remain remains completely perfectly directly straight' },
  { role: 'filler', en: 'cinematic smooth smoothly steady steadily final long wide medium establishing aerial low' },
  { role: 'filler', en: 'high angle simple beautiful elegant epic majestic calm' },
] as const satisfies readonly (Words & { role: string })[];
