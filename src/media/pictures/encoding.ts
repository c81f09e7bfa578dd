import { createSemaphore } from '../../util/semaphore.ts';

/**
 * Small pictures are encoded one at a time, in the whole process: each takes one of the four threads that files are read
 * and put on disk by too, and a crowd of them would have all requests wait.
 */
export const encoding = createSemaphore();
