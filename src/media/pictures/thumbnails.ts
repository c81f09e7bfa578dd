import { makeRoom } from '../../util/make-room.ts';
import type { Decoder, ReadPicture } from './decoder/decoder.ts';
import { THUMBNAIL } from './decoder/thumbnail.ts';

/** Two megabytes or so. */
const MAX_KEPT = 100;

/** Thumbnails of fitted pictures, each under the picture's SHA-256. */
export type Thumbnails = ReturnType<typeof createThumbnails>;

/**
 * Make one per process. The last ones are kept: whoever made a picture fit has its thumbnail from the same decoding, and a
 * card or a gallery is shown again and again.
 */
export function createThumbnails({ decoder }: { decoder: Pick<Decoder, 'convert'> }) {
  const kept = new Map<string, Uint8Array>();

  function keep(sha256: string, thumbnail: Uint8Array): void {
    kept.delete(sha256);
    makeRoom(kept, MAX_KEPT);
    kept.set(sha256, thumbnail);
  }

  return {
    keep,
    /** Where it was made lately. */
    kept: (sha256: string): Uint8Array | undefined => kept.get(sha256),

    /**
     * A JPEG of the picture, the right way up, at most 320 pixels a side and below 200 kB, with nothing in it but pixels.
     * Throws where the picture cannot be decoded.
     */
    async of(sha256: string, picture: ReadPicture): Promise<Uint8Array> {
      const thumbnail = kept.get(sha256) ?? (await decoder.convert(picture, THUMBNAIL)).bytes;
      keep(sha256, thumbnail);
      return thumbnail;
    },
  };
}
