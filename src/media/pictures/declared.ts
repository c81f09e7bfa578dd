import { z } from 'zod';
import { type Fit, type PictureProblem, type Size, sizeSchema } from '../../task/picture.ts';
import { BadPicture } from './bad-picture.ts';
import { MAX_PICTURE_BYTES, refuseTooManyPixels, refuseTooSmall } from './inspect.ts';

/** A picture that stays with the platform until the worker fetches it. */
export const remotePictureSchema = z.object({
  /** What its adapter finds it by; see `Messenger.openPicture`. */
  ref: z.string(),
  /** What the platform says about it, so that what cannot be used is refused before anything is fetched. */
  declared: z.object({
    bytes: z.number().optional(),
    /** In pixels. */
    size: sizeSchema.optional(),
    /** Its MIME type. */
    type: z.string().optional(),
    /** It was posted covered: so is its clip, unless the person says otherwise. */
    spoiler: z.boolean().optional(),
  }),
});
export type RemotePicture = z.infer<typeof remotePictureSchema>;
/** As far as it goes, and not to be relied upon. */
export type DeclaredPicture = RemotePicture['declared'];

/**
 * Types of other things than pictures, which are not fetched to find that out. Of pictures, and of files of no particular
 * type, the bytes say what they are: a JPEG may well be called `image/heic`.
 */
const PROBLEMS: readonly [RegExp, PictureProblem][] = [
  [/^application\/pdf/i, { type: 'pdf' }],
  [/^video\//i, { type: 'video' }],
  [/^text\//i, { type: 'text' }],
  [/^audio\//i, { type: 'unknown-type' }],
];

/** Throws `BadPicture` for what need not be fetched to be refused. */
export function checkDeclared({ bytes, size, type }: DeclaredPicture, fit: Fit, sizes: readonly Size[]): void {
  const known = PROBLEMS.find(([pattern]) => type !== undefined && pattern.test(type));
  if (known) throw new BadPicture(known[1]);
  if (bytes === 0) throw new BadPicture({ type: 'empty' });
  if (bytes !== undefined && bytes > MAX_PICTURE_BYTES)
    throw new BadPicture({ type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES });
  if (!size) return;
  refuseTooManyPixels(size);
  refuseTooSmall(size);
  // Turned, because a platform may tell the size as it is stored.
  const fits = ({ width, height }: Size) =>
    [size.width, size.height].toSorted().join() === [width, height].toSorted().join();
  if (fit === 'strict' && !sizes.some(fits))
    throw new BadPicture({ type: 'wrong-size', found: size, wanted: [...sizes] });
}
