import { join } from 'node:path';
import { FfmpegMissing, findFfmpeg } from '../media/ffmpeg/find.ts';
import type { Config } from '../settings/config.ts';
import { aboutFolder } from '../util/folder.ts';
import type { Log } from '../util/log.ts';
import type { Provider } from './provider.ts';

/** Who renders: `use` new requests, and every one of `all` what it began, also after the settings changed. */
export interface Providers {
  use: Provider;
  all: readonly Provider[];
}

/** Makes every provider that is configured. Throws in plain words where the one to be used cannot work. */
export async function createProviders(options: { config: Config; dataDir: string; log: Log }): Promise<Providers> {
  const { config, dataDir, log } = options;
  const { aivideoapi, runway, concurrency, use } = config.provider;
  const slots = concurrency === undefined ? {} : { concurrency };
  const all: Provider[] = [];
  // Loaded only where they are configured: nobody pays in start-up time for what they do not use.
  if (aivideoapi)
    all.push((await import('./aivideoapi/aivideoapi.ts')).createAivideoapi({ ...aivideoapi, ...slots, log }));
  if (runway) all.push((await import('./runway/runway.ts')).createRunway({ ...runway, ...slots, log }));
  try {
    const ffmpeg = await findFfmpeg({ FFMPEG_PATH: config.ffmpegPath });
    const { createPreview } = await import('./preview/preview.ts');
    all.push(createPreview({ ffmpeg, scratchDir: join(dataDir, 'scratch'), log }));
  } catch (error) {
    if (!(error instanceof FfmpegMissing) || use === 'preview') throw aboutFolder(error, config.dataDir);
    log.warn({ why: error.message }, 'previews cannot be rendered');
  }
  const chosen = all.find(({ name }) => name === use);
  if (!chosen) throw new Error(`no provider ${use}`);
  return { use: chosen, all };
}
