import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { fitSchema } from './picture.ts';

export const MOTION_RANGE = { min: 1, max: 10, usual: 5 } as const;
export const MAX_SEED = 4_294_967_295;
export const DURATIONS_SECONDS = [5, 10] as const;
/** So many takes of a picture may be asked for at once. */
export const TAKES = [1, 2, 3, 4] as const;

/** A person's settings beside the scene. Always complete in a record: the program chose those left open. */
export const optionsSchema = z.object({
  /** 1 (hardly moves) to 10 (moves a lot). */
  motion: z.number().int().min(MOTION_RANGE.min).max(MOTION_RANGE.max),
  seed: z.number().int().min(0).max(MAX_SEED),
  /** Seconds. */
  duration: z.literal([...DURATIONS_SECONDS]),
  fit: fitSchema,
  /** Picture, scene and clip stay covered until a person uncovers them. Absent: they are not. */
  spoiler: z.boolean().optional(),
});
export type Options = z.infer<typeof optionsSchema>;

/** A seed for a request that names none: recorded, so that a clip can be made again. */
export const randomSeed = (): number => randomInt(MAX_SEED + 1);

/** The seed of one of several takes: each has the one after that of the take before. */
export const seedOfTake = (first: number, number: number): number => (first + number - 1) % (MAX_SEED + 1);
