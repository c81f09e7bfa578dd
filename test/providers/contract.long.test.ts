import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { describePreview } from './support/preview-contract.ts';

// A newcomer's: `findFfmpeg` takes it where the machine has none.
describePreview('preview, with the ffmpeg from npm', () => withoutPath(() => findFfmpeg({})));

async function withoutPath<T>(work: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env.PATH = '';
  try {
    return await work();
  } finally {
    process.env.PATH = PATH;
  }
}
