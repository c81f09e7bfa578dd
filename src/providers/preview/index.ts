import { join } from 'node:path';
import { aboutFolder } from '../../util/folder.ts';
import { defineProvider, ProviderUnusable } from '../define-provider.ts';
import { CAPABILITIES } from './capabilities.ts';

/** The provider that needs no key and no network. */
export const preview = defineProvider({
  name: 'preview',
  label: 'preview: a camera moves over the picture. No AI, no cost',
  settings: {},
  read: () => ({}),
  capabilities: CAPABILITIES,
  async create(_own, { dataDir, scratchDir, ffmpegPath, decoder, log }) {
    const { FfmpegMissing, findFfmpeg } = await import('../../media/ffmpeg/find.ts');
    const { createPreview } = await import('./preview.ts');
    try {
      const ffmpeg = await findFfmpeg({ FFMPEG_PATH: ffmpegPath });
      return await createPreview({ ffmpeg, scratchDir: join(scratchDir, 'scratch'), decoder, log });
    } catch (error) {
      if (error instanceof FfmpegMissing) throw new ProviderUnusable(error.message, { cause: error });
      throw aboutFolder(error, dataDir);
    }
  },
});
