import { z } from 'zod';

/** Jobs remembered. Half of what is believed comes from the last 62 (`FORGET` in durations.ts): more would hardly matter. */
export const MAX_JOBS = 256;
/** A provider's callback comes so soon after the finish, in milliseconds. */
const CALLBACK_LATE_MS = 2_000;

const sampleSchema = z
  .object({
    /** Milliseconds from acceptance to the last look that saw no verdict; 0 where the first look saw it. */
    loMs: z.number().int().nonnegative(),
    /** To the look that saw it. */
    hiMs: z.number().int().positive(),
    /** As it was told at `loMs`, 0 to 1. */
    progress: z.number().min(0).max(1).optional(),
  })
  .refine(({ loMs, hiMs }) => loMs < hiMs, 'a job ends after the last look that saw it run');

/** The last jobs of one kind (provider, model and length of clip), oldest first. All that survives a restart. */
export const historySchema = z.array(sampleSchema).max(MAX_JOBS);
export type History = z.infer<typeof historySchema>;

/** A job that came to the provider's verdict. */
export type Finished = History[number] & {
  /** A callback woke the look that saw it, so that the finish was just before. */
  callback?: boolean;
};

/**
 * The history with one more job, the oldest forgotten past `MAX_JOBS`. What cannot be (a clock set back, a look out of
 * order) changes nothing. Two processes that learn at once may lose one job of two: that is harmless.
 */
export function learn(history: History, { loMs, hiMs, progress, callback }: Finished): History {
  const hi = Math.round(hiMs);
  const lo = Math.round(callback ? Math.max(loMs, hiMs - CALLBACK_LATE_MS) : loMs);
  const told = sampleSchema.shape.progress.safeParse(progress).data;
  const sample = sampleSchema.safeParse({ loMs: lo, hiMs: hi, progress: told });
  return sample.success ? [...history, sample.data].slice(-MAX_JOBS) : history;
}
