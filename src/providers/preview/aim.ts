import type { Random } from './random.ts';

/** How far the camera may want to leave the middle for its aim, as a share of what room there is; beyond 1, surely to the end. */
const MAX_ASIDE = 1.2;
/** An aim nearer to the middle than this, as a share of a side, is on no side. */
const MIDDLE = 0.06;

/** The side on which an aim is (0 to 1 across or down the picture); the seed's where it is on none. */
export function sideOf(aim: number, random: Random): 1 | -1 {
  const off = Math.abs(aim - 0.5) < MIDDLE ? random() - 0.5 : aim - 0.5;
  return off < 0 ? -1 : 1;
}

/** The share of the room to one side that has an aim in the middle of the frame, or as near as may be, at a magnification. */
export function aimAt(aim: number, logMagnification: number): number {
  const room = 1 - Math.exp(-logMagnification);
  const share = room > 0 ? (2 * aim - 1) / room : 0;
  return Math.min(MAX_ASIDE, Math.max(-MAX_ASIDE, share));
}
