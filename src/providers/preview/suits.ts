import type { Size } from '../../task/picture.ts';
import type { CameraMove } from '../../task/understood.ts';

/** A picture whose sides differ by this much is looked along: a panorama, a tower. */
const LONG = 2;
const GENTLE = 0.8;

/** The move for a picture of that shape where none was asked for: along a long one, else gently in. */
export function movesThatSuit({ width, height }: Size): CameraMove[] {
  const open = { sign: 0, extent: 1, together: false } as const;
  if (width >= LONG * height) return [{ ...open, kind: 'pan' }];
  if (height >= LONG * width) return [{ ...open, kind: 'tilt' }];
  return [{ kind: 'zoom', sign: 1, extent: GENTLE, together: false }];
}
