import { createDecoder } from '../../src/media/pictures/decoder/decoder.ts';

/** One for all tests of a process; it ends with that. */
export const decoder = createDecoder();
