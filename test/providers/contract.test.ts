import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { describePreview } from './support/preview-contract.ts';

// With the one from npm: contract.long.test.ts.
describePreview('preview, with the ffmpeg of this machine', () => findFfmpeg({}));
