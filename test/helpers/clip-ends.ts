import type { ClipEnds } from '../../src/media/clips/clip-ends.ts';
import { readAll } from '../../src/util/read-all.ts';
import { tinyPng } from './pictures.ts';

/** Ends of clips that are no clips: any picture for a last frame, the bytes of two behind each other. */
export const plainClipEnds: ClipEnds = {
  lastFrame: async () => ({ bytes: await tinyPng() }),
  async join({ first, second }, keep) {
    const bytes = Buffer.concat([await readAll(first()), await readAll(second())]);
    await keep(
      (async function* () {
        yield bytes;
      })(),
    );
    return undefined;
  },
};
