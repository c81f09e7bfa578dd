import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { fitSchema, focusSchema, shapeSchema } from './picture.ts';

export const MOTION_RANGE = { min: 1, max: 10, usual: 5 } as const;
export const MAX_SEED = 4_294_967_295;
/** Lengths that may be asked for, whole seconds; a model has some of them. */
export const DURATIONS_SECONDS = [2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** The length of a clip that nobody chose, where its model has it. */
export const USUAL_SECONDS = 5;
/** So many takes of a picture may be asked for at once. */
export const TAKES = [1, 2, 3, 4] as const;

/** A person's settings beside the scene. Always complete in a record: the program chose those left open. */
export const optionsSchema = z.object({
  /** 1 (hardly moves) to 10 (moves a lot). */
  motion: z.number().int().min(MOTION_RANGE.min).max(MOTION_RANGE.max),
  seed: z.number().int().min(0).max(MAX_SEED),
  /** Seconds. */
  duration: z.literal([...DURATIONS_SECONDS]),
  /** Name of the provider's model. Absent: the provider has one, or the record is older than the choice. */
  model: z.string().min(1).max(100).optional(),
  /** Of models that have a choice alone. */
  sound: z.enum(['on', 'off']).optional(),
  /** Whether its picture is how the clip begins, or how it ends; of models that have the choice alone. */
  frame: z.enum(['first', 'last']).optional(),
  /** The clip's. Absent: its model has one alone, or the record is older than the choice and means `auto`. */
  shape: shapeSchema.optional(),
  fit: fitSchema,
  /** What of the picture is kept where it is cut. Absent: what draws the eye. */
  focus: focusSchema.optional(),
  /** Picture, scene and clip stay covered until a person uncovers them. Absent: they are not. */
  spoiler: z.boolean().optional(),
});
export type Options = z.infer<typeof optionsSchema>;
/** Options as they are told: without those that mean nothing to their model. */
export type HeededOptions = Omit<Options, 'seed' | 'motion'> & Partial<Pick<Options, 'seed' | 'motion'>>;

/** A seed for a request that names none: recorded, so that a clip can be made again. */
export const randomSeed = (): number => randomInt(MAX_SEED + 1);

/** The seed of one of several takes: each has the one after that of the take before. */
export const seedOfTake = (first: number, number: number): number => (first + number - 1) % (MAX_SEED + 1);
