import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PictureProblem } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import type { HeicPixels, HeicRequest } from './heic-thread.ts';

/** Where tests run the TypeScript as it is, what `compile.js` made of it. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/src/media/pictures/decoder/heic-thread.js' : './heic-thread.js',
  import.meta.url,
);

type HeicAnswer = HeicPixels | PictureProblem | string;

/**
 * The pixels of the picture that a HEIC shows, the right way up, as the file's own numbers. In a thread, so that the limits
 * of this process are looked at meanwhile; with it the memory goes that libheif took. Throws `BadPicture`.
 */
export async function decodeHeic(request: HeicRequest): Promise<HeicPixels> {
  const thread = new Worker(THREAD, { workerData: request });
  try {
    const [answer]: [HeicAnswer] = await Promise.race([
      once(thread, 'message').then(([message]): [HeicAnswer] => [message]),
      once(thread, 'exit').then((): never => {
        throw new Error('the thread that decodes HEIC ended');
      }),
    ]);
    if (typeof answer === 'string') throw new BadPicture({ type: 'truncated' }, answer);
    if ('type' in answer) throw new BadPicture(answer);
    return answer;
  } finally {
    await thread.terminate();
  }
}
