import { FfmpegMissing, findFfmpeg, isPackaged } from '../media/ffmpeg/find.ts';
import { type Check, fine, off } from './check.ts';

const OLD = 'is an old one from npm, of 2018';

/** A service renders without; then clips that are too large for a chat cannot be made smaller. */
export const ffmpegCheck: Check = {
  name: 'ffmpeg',
  atStart: true,
  of: 'set-up',
  async look({ config, providers }) {
    try {
      const found = await findFfmpeg({ FFMPEG_PATH: config.ffmpegPath });
      if (!(await isPackaged(found))) return [fine(`${found} makes H.264`)];
      const isPaid = providers.some(({ name, paid }) => paid && name === config.provider.use);
      if (!isPaid) return [fine(`${OLD}, which previews can do with`)];
      return [off(`ffmpeg ${OLD}. Install your system’s, or name another one in FFMPEG_PATH.`)];
    } catch (error) {
      if (error instanceof FfmpegMissing) return [off(error.message)];
      throw error;
    }
  },
};
