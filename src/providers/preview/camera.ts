import type { Focus, Size } from '../../task/picture.ts';
import type { CameraMove, Understood } from '../../task/understood.ts';
import { aimAt, sideOf } from './aim.ts';
import { mulberry32, type Random } from './random.ts';
import { movesThatSuit } from './suits.ts';
import type { Track } from './track.ts';

/** What the camera is asked for. */
export type Shot = Pick<Understood, 'moves' | 'shake'>;

/** Where the camera is over the clip. All tracks are functions of the frame, so that the path has no jumps. */
export interface CameraPath {
  /** Natural logarithm of the magnification over what just fills the frame; never below 0. */
  zoom: Track;
  /** −1 (as far left as the picture goes) to 1. */
  pan: Track;
  /** −1 (as far up as the picture goes) to 1. */
  tilt: Track;
  /** Radians that the picture is turned clockwise. */
  roll: Track;
  /** Pixels of the clip that a hand's unrest adds, sideways and up and down; together within `margin`. */
  shakeX: Track;
  shakeY: Track;
  margin: number;
}

export interface ShotOptions {
  /** 1 to 10. */
  motion: number;
  /** 0 to 4294967295; decides what the words leave open. */
  seed: number;
  /** Frames of the clip. */
  frames: number;
  fps: number;
  /** Of the picture as it came, for the move that suits it where none was asked for. */
  shape: Size;
  /** What the camera aims at. */
  focus: Focus;
  /** It begins with the whole picture, as another clip ended on it. */
  goesOn?: boolean;
}

/** Length of a move, in seconds, that has the usual extent. */
const USUAL_SECONDS = 5;
/** More moves than this in one clip make nobody happier. */
const MAX_MOVES = 6;
/** Share of its length in which a move still runs while the next one begins: it never comes to a dead stop between. */
const OVERLAP = 0.25;
const MAX_ZOOM = Math.log(1.9);
const MAX_ROLL = (20 * Math.PI) / 180;

/** How far the camera drifts to one side where nothing was asked, as a share of what room there is. */
const DRIFT = { least: 0.3, most: 0.5 };

/** In so many seconds a clip that goes on from another comes to where it would have begun. */
const COMING_SECONDS = 1;

/** Usual extents at a motion of 1; the camera needs `panZoom` to have somewhere to go. */
const ZOOM_PER_MOTION = 0.05;
const PAN_ZOOM_PER_MOTION = 0.035;
const ROLL_PER_MOTION = (1.2 * Math.PI) / 180;
const SHAKE_PX_PER_MOTION = 1.3;
const SHAKE_ROLL_PER_MOTION = (0.045 * Math.PI) / 180;

/** Turns what was asked into a path. Pure: the same words, motion, seed and length make the same path. */
export function planPath(shot: Shot, options: ShotOptions): CameraPath {
  const random = mulberry32(options.seed);
  const isAsked = shot.moves.length > 0 || shot.shake > 0;
  const moves = isAsked ? shot.moves.slice(0, MAX_MOVES) : movesThatSuit(options.shape);
  const path = pathOf(moves, options, random);
  if (!isAsked) for (const track of [path.pan, path.tilt]) drift(track, options.frames - 1, random);
  if (options.goesOn) comeFromWhole(path.zoom, options);
  if (shot.shake > 0) addShake(path, shot.shake, options, random);
  return path;
}

function pathOf(moves: readonly CameraMove[], options: ShotOptions, random: Random): CameraPath {
  const { focus } = options;
  const path = stillPath();
  const slots = timeSlots(moves, options.frames - 1);
  let needed = 0;
  for (const [i, move] of moves.entries()) {
    const slot = slots[i] ?? { at: 0, length: options.frames - 1 };
    // A move that has less time covers less ground, though not as much less: it may well be brisker.
    const extent = options.motion * move.extent * Math.sqrt(slot.length / options.fps / USUAL_SECONDS);
    const sign =
      move.sign || sideOf({ pan: focus.x, tilt: focus.y, zoom: 0.5, roll: 0.5, hold: 0.5 }[move.kind], random);
    if (move.kind === 'zoom') path.zoom.ramps.push({ ...slot, by: sign * Math.log(1 + ZOOM_PER_MOTION * extent) });
    if (move.kind === 'roll') path.roll.ramps.push({ ...slot, by: sign * ROLL_PER_MOTION * extent });
    if (move.kind === 'pan' || move.kind === 'tilt') {
      const zoomedAlready = sumBefore(path.zoom, slot.at);
      needed = Math.max(needed, Math.log(1 + PAN_ZOOM_PER_MOTION * extent) - zoomedAlready);
      path[move.kind].ramps.push({ ...slot, by: 2 * sign });
    }
  }
  place(path.zoom, needed);
  const nearest = path.zoom.start + range(path.zoom).max;
  for (const [track, aim] of [[path.pan, focus.x] as const, [path.tilt, focus.y] as const]) {
    const start = aimAt(aim, nearest, random);
    if (track.ramps.length > 0) spread(track);
    else track.start = start;
  }
  limit(path.roll, MAX_ROLL);
  return path;
}

/** Past where it aims, halfway through; a track that moves already does not drift. */
function drift(track: Track, length: number, random: Random): void {
  const side = random() < 0.5 ? -1 : 1;
  const by = side * (DRIFT.least + (DRIFT.most - DRIFT.least) * random());
  if (track.ramps.length > 0) return;
  const start = track.start - by / 2;
  track.start = Math.min(Math.max(start, -1, -1 - by), 1, 1 - by);
  track.ramps.push({ at: 0, length, by });
}

/** Moves share the clip's frames evenly, one after the other, unless they run together. */
function timeSlots(moves: readonly CameraMove[], frames: number): { at: number; length: number }[] {
  const indexes: number[] = [];
  for (const move of moves) indexes.push(Math.max(0, (indexes.at(-1) ?? -1) + (move.together ? 0 : 1)));
  const count = (indexes.at(-1) ?? 0) + 1;
  const length = frames / (count - (count - 1) * OVERLAP);
  return indexes.map((index) => ({ at: index * length * (1 - OVERLAP), length }));
}

/** Lifts the zoom so that it never falls below the whole picture, nor below what the pans need; not beyond the most. */
function place(track: Track, needed: number): void {
  const { min, max } = range(track);
  const start = Math.max(needed, -min);
  const scale = MAX_ZOOM / Math.max(start + max, MAX_ZOOM);
  for (const ramp of track.ramps) ramp.by *= scale;
  track.start = start * scale;
}

/** Fits what a track adds up to into −1 to 1. A move that opens the clip goes from one side to the other. */
function spread(track: Track): void {
  const { min, max } = range(track);
  const opens = track.ramps[0]?.at === 0;
  const scale = opens ? 2 / (max - min) : 1 / Math.max(-min, max, 1);
  for (const ramp of track.ramps) ramp.by *= scale;
  track.start = opens ? -1 - min * scale : 0;
}

/** Where all of the picture is seen, it does not matter which side the camera is at. */
function comeFromWhole(zoom: Track, { fps, frames }: ShotOptions): void {
  zoom.ramps.push({ at: 0, length: Math.min(COMING_SECONDS * fps, frames - 1), by: zoom.start });
  zoom.start = 0;
}

function limit(track: Track, most: number): void {
  const { min, max } = range(track);
  const scale = most / Math.max(-min, max, most);
  for (const ramp of track.ramps) ramp.by *= scale;
}

/** How far a track's moves take it from where it starts. */
function range(track: Track): { min: number; max: number } {
  const reached = [0];
  for (const ramp of track.ramps) reached.push((reached.at(-1) ?? 0) + ramp.by);
  return { min: Math.min(...reached), max: Math.max(...reached) };
}

function sumBefore(track: Track, frame: number): number {
  return track.ramps.filter((ramp) => ramp.at < frame).reduce((sum, ramp) => sum + ramp.by, 0);
}

function addShake(path: CameraPath, extent: number, { motion, fps }: ShotOptions, random: Random): void {
  const sway = (amplitude: number, hertz: number) => ({
    amplitude,
    cyclesPerFrame: (hertz * (0.85 + 0.3 * random())) / fps,
    phase: random(),
  });
  path.margin = SHAKE_PX_PER_MOTION * motion * extent;
  for (const track of [path.shakeX, path.shakeY]) {
    track.sways.push(sway(0.6 * path.margin, 0.4), sway(0.28 * path.margin, 0.9), sway(0.12 * path.margin, 1.7));
  }
  const roll = SHAKE_ROLL_PER_MOTION * motion * extent;
  path.roll.sways.push(sway(0.7 * roll, 0.35), sway(0.3 * roll, 0.8));
}

function stillPath(): CameraPath {
  const track = (): Track => ({ start: 0, ramps: [], sways: [] });
  return { zoom: track(), pan: track(), tilt: track(), roll: track(), shakeX: track(), shakeY: track(), margin: 0 };
}
