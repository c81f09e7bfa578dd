import { BadPicture } from '../bad-picture.ts';

/** A progressive JPEG of 2,647 scans has a table before each; no file of any other kind that means well has as many. */
const MAX_PARTS = 10_000;

/**
 * Counts the parts that a file is built of: markers, chunks, boxes. They are gone through at one go, without anybody who
 * could stop it (`limits.ts`), so one more than a picture needs throws `BadPicture`.
 */
export function partCounter(): () => void {
  let parts = 0;
  return () => {
    if (++parts > MAX_PARTS) throw new BadPicture({ type: 'too-heavy' }, `it has more than ${MAX_PARTS} parts`);
  };
}
