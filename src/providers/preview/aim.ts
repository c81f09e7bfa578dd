import type { Random } from './random.ts';

/** By how much more or less to one side the seed has it look, so that takes of the same words differ. */
const STRAY = 0.35;
/** An aim nearer to the middle than this, as a share of a side, is on no side. */
const MIDDLE = 0.06;

/** The side on which an aim is (0 to 1 across or down the picture); the seed's where it is on none. */
export function sideOf(aim: number, random: Random): 1 | -1 {
  const off = Math.abs(aim - 0.5) < MIDDLE ? random() - 0.5 : aim - 0.5;
  return off < 0 ? -1 : 1;
}

/**
 * The share of the room to one side, −1 to 1, that has an aim near the middle of the frame at a magnification. Where the
 * aim is as far out as the camera goes, the seed has it stray inwards: no two takes look at the same.
 */
export function aimAt(aim: number, logMagnification: number, random: Random): number {
  const room = 1 - Math.exp(-logMagnification);
  const share = room > 0 ? Math.min(1, Math.max(-1, (2 * aim - 1) / room)) : 0;
  const strayed = share + STRAY * (2 * random() - 1);
  return Math.abs(strayed) > 1 ? Math.sign(strayed) * 2 - strayed : strayed;
}
