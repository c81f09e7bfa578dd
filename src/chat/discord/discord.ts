import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi } from './api/rest.ts';
import { createMessenger } from './send/messenger.ts';
import { createPictures } from './send/pictures.ts';
import { createRecentRefusals } from './send/recent-refusals.ts';
import type { DiscordConfig } from './settings.ts';

/** Discord. A worker uses its messenger alone, and opens no connection to the gateway. */
export function createDiscord(
  config: DiscordConfig,
  { files, network, log }: Pick<PlatformDeps, 'files' | 'network' | 'log'>,
): Platform {
  const clock = systemClock;
  const api = createApi({ apiUrl: config.apiUrl, token: config.token, clock, network });
  const pictures = createPictures({ cdnUrl: config.cdnUrl, network });
  const recentRefusals = createRecentRefusals(clock);
  return {
    gallery: config.gallery,
    messenger: createMessenger({ api, recentRefusals, pictures, files, clock, reply: config.reply }),
    async listen(deps) {
      // Only a process that listens needs what this loads.
      const { listenOnDiscord } = await import('./receive/listen.ts');
      return listenOnDiscord({ config, api, recentRefusals, pictures, files, network, clock, log }, deps);
    },
  };
}
