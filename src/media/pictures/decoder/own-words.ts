import { createSemaphore } from '../../../util/semaphore.ts';

// libvips puts what it says of an error, and sharp what it is warned of, in one place for the whole process, which whatever
// ends next empties (`vips_error_clear` and `VipsWarningPop` in sharp's pipeline.cc).

const oneByOne = createSemaphore();
let begun = 0;
let running = 0;

/** Does what goes on beside the fitting of a picture, one at a time. */
export const beside = <T>(work: () => Promise<T>): Promise<T> =>
  oneByOne(async () => {
    begun++;
    running++;
    try {
      return await work();
    } finally {
      running--;
    }
  });

/**
 * Decodes; what it throws has its own words: where something ran beside it, it fails once more, alone. Not for what `beside`
 * does, whose end it would wait for.
 */
export async function inOwnWords<T>(decode: () => Promise<T>): Promise<T> {
  const before = begun;
  const wasAlone = running === 0;
  try {
    return await decode();
  } catch (error) {
    if (wasAlone && begun === before) throw error;
    return oneByOne(decode);
  }
}
