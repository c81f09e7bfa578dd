import { z } from 'zod';

/** Width and height in pixels. */
export const sizeSchema = z.object({ width: z.number().int().positive(), height: z.number().int().positive() });
export type Size = z.infer<typeof sizeSchema>;

/** What draws the eye in a picture: 0 is its left or upper edge, 1 its right or lower one. */
export const focusSchema = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) });
export type Focus = z.infer<typeof focusSchema>;

/** The shape of a clip, in the order in which they are offered; `auto`: the one that is nearest to the picture's. */
export const shapeSchema = z.enum(['auto', 'wide', 'tall', 'square', 'landscape', 'portrait', 'ultrawide']);
export type Shape = z.infer<typeof shapeSchema>;

/** Their width by their height. */
const RATIOS: Readonly<Record<Exclude<Shape, 'auto'>, number>> = {
  wide: 16 / 9,
  tall: 9 / 16,
  square: 1,
  landscape: 4 / 3,
  portrait: 3 / 4,
  ultrawide: 21 / 9,
};

/** How far a size is from a ratio of width by height: 0 for that very one. */
const apart = ({ width, height }: Size, ratio: number): number => Math.abs(Math.log(width / height / ratio));

/** The size of the nearest shape, of which least is cut off; the first of several, undefined of none. */
export const nearestSize = ({ width, height }: Size, sizes: readonly Size[]): Size | undefined =>
  sizes.toSorted((one, other) => apart(one, width / height) - apart(other, width / height))[0];

/** The shape that a size has. */
export function shapeOf(size: Size): Shape {
  const named = shapeSchema.exclude(['auto']).options;
  const [nearest = 'square'] = named.toSorted((one, other) => apart(size, RATIOS[one]) - apart(size, RATIOS[other]));
  return nearest;
}

/** How a picture of another shape is made to fit: cut (towards what draws the eye), blurred edges added, or refused. */
export const fitSchema = z.enum(['crop', 'pad', 'strict']);
export type Fit = z.infer<typeof fitSchema>;

/** What was done to a picture on its way to the provider; told to the person in this order. */
export const pictureNoteSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('first-frame') }),
  z.object({ type: z.literal('upright') }),
  /** `atStart`: how much of what was cut off lay left or above, 0 to 1; absent: as much as on the other side. */
  z.object({ type: z.literal('cropped'), from: sizeSchema, atStart: z.number().min(0).max(1).optional() }),
  z.object({ type: z.literal('padded'), from: sizeSchema }),
  z.object({ type: z.literal('resized'), from: sizeSchema }),
  /** Not done: the provider knows no motion, and another than the usual was asked for. */
  z.object({ type: z.literal('left-motion') }),
]);
export type PictureNote = z.infer<typeof pictureNoteSchema>;

/** Why a picture cannot be used. Every problem has a sentence in `messages` that names the way out. */
export const pictureProblemSchema = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['empty', 'truncated', 'too-heavy', 'invisible', 'pdf', 'text', 'video', 'unknown-type']) }),
  /** Pictures of a kind that is not read here. */
  z.object({ type: z.enum(['heic', 'svg', 'bmp', 'tiff', 'jxl', 'jp2', 'ico', 'cgbi']) }),
  z.object({ type: z.literal('too-small'), found: sizeSchema, minSide: z.number() }),
  z.object({ type: z.literal('too-many-pixels'), found: sizeSchema, maxPixels: z.number() }),
  z.object({ type: z.literal('too-many-bytes'), maxBytes: z.number() }),
  z.object({ type: z.literal('wrong-size'), found: sizeSchema, wanted: z.array(sizeSchema) }),
]);
export type PictureProblem = z.infer<typeof pictureProblemSchema>;
