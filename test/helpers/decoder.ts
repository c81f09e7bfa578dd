import { resolve } from 'node:path';
import { createDecoder } from '../../src/media/pictures/decoder/decoder.ts';
import { compiled } from './compiled.ts';

/** The decoder's process as the program starts it. */
export const DECODER_PROGRAM = resolve(compiled('src/media/pictures/decoder/program.ts').at(-1) ?? '');

/** One for all tests of a process; it ends with that. */
export const decoder = createDecoder({ program: DECODER_PROGRAM });
