import { z } from 'zod';
import { SHAPES } from './shapes.ts';

export type { Focus } from './crop.ts';
export { isSameSize, nearestSize, type Shape, type Size, shapeOf } from './shapes.ts';

export const sizeSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const share = z.number().min(0).max(1);
/** A place in a picture: what draws the eye in it, or what is to be kept of it. */
export const focusSchema = z.object({ x: share, y: share });

export const shapeSchema = z.enum(SHAPES);

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
