import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap double before it is collected as a whole. By itself V8 does that again at a tenth to a third more, every
 * four or five seconds of a busy hour, and each time people wait some 50 ms longer for their answer; this way it is every
 * fifteen to twenty. What lives is some 50 MB.
 */
export const growFreely = (): void => setFlagsFromString('--heap-growing-percent=100');
