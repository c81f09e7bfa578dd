import type { Fit, PictureProblem, Size } from '../../task/picture.ts';
import { BadPicture } from './bad-picture.ts';
import { MAX_PICTURE_BYTES, refuseTooManyPixels, refuseTooSmall } from './inspect.ts';

/** What a platform says about a picture that it keeps: as far as it goes, and not to be relied upon. */
export interface DeclaredPicture {
  bytes?: number;
  /** In pixels. */
  size?: Size;
  /** Its MIME type. */
  type?: string;
}

/** Types that are certainly no picture of a kind that can be used; any other is looked at once it is here. */
const PROBLEMS: readonly [RegExp, PictureProblem][] = [
  [/^image\/hei[cf]/i, { problem: 'heic' }],
  [/^image\/svg/i, { problem: 'svg' }],
  [/^application\/pdf/i, { problem: 'pdf' }],
  [/^video\//i, { problem: 'video' }],
  [/^text\//i, { problem: 'text' }],
  [/^(?!image\/|application\/octet-stream)/i, { problem: 'unknown-type' }],
];

/** Throws `BadPicture` for what need not be fetched to be refused. */
export function checkDeclared({ bytes, size, type }: DeclaredPicture, fit: Fit, sizes: readonly Size[]): void {
  const known = PROBLEMS.find(([pattern]) => type !== undefined && pattern.test(type));
  if (known) throw new BadPicture(known[1]);
  if (bytes === 0) throw new BadPicture({ problem: 'empty' });
  if (bytes !== undefined && bytes > MAX_PICTURE_BYTES)
    throw new BadPicture({ problem: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES });
  if (!size) return;
  refuseTooManyPixels(size);
  refuseTooSmall(size);
  // Turned, because a platform may tell the size as it is stored.
  const fits = ({ width, height }: Size) =>
    [size.width, size.height].toSorted().join() === [width, height].toSorted().join();
  if (fit === 'strict' && !sizes.some(fits))
    throw new BadPicture({ problem: 'wrong-size', found: size, wanted: [...sizes] });
}
