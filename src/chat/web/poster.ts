import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import type { Store } from '../../store/store.ts';
import { POSTER_BLOB, UPLOAD_BLOB } from '../../task/blob-names.ts';
import type { Task } from '../../task/task.ts';

/** As large as clips are. */
const POSTER = { maxSide: 1280, ground: '#ffffff', to: { type: 'jpeg', quality: 85 } } as const;

/** The picture that a clip begins with, as strangers may see it: the name of the task's blob; undefined where there is none. */
export type PosterOf = (task: Task) => Promise<{ blob: string; type: string } | undefined>;

/**
 * What was made to fit has nothing in it but pixels. What fitted as it came may tell where it was taken: of that a picture
 * is made, once, and kept beside it.
 */
export function createPosters({
  store,
  decoder,
}: {
  store: Pick<Store, 'blobs'>;
  decoder: Pick<Decoder, 'convert'>;
}): PosterOf {
  return async ({ id, fitted }) => {
    if (!fitted || fitted.blob !== UPLOAD_BLOB) return fitted;
    if (!(await store.blobs.stat(id, POSTER_BLOB))) {
      const { bytes } = await decoder.convert(() => store.blobs.read(id, fitted.blob), POSTER);
      await store.blobs.write(id, POSTER_BLOB, [bytes], { maxBytes: bytes.length });
    }
    return { blob: POSTER_BLOB, type: 'image/jpeg' };
  };
}
