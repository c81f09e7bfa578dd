import type { DiscordConfig } from '../../config.ts';
import { systemClock } from '../../ops/clock.ts';
import type { Log } from '../../ops/log.ts';
import type { Platform } from '../platform.ts';
import type { TaskFiles } from '../task-files.ts';
import { createMessenger } from './messenger.ts';
import { createPictures } from './pictures.ts';
import { createApi } from './rest.ts';

/** Discord. A worker uses its messenger alone, and opens no connection to the gateway. */
export function createDiscord({ config, files, log }: { config: DiscordConfig; files: TaskFiles; log: Log }): Platform {
  const clock = systemClock;
  const api = createApi({ apiUrl: config.apiUrl, token: config.token, clock });
  const pictures = createPictures({ cdnUrl: config.cdnUrl });
  return {
    messenger: createMessenger({ api, pictures, files, clock, reply: config.reply }),
    async listen(deps) {
      // Only whoever listens needs what this loads.
      const { listenOnDiscord } = await import('./listen.ts');
      return listenOnDiscord({ config, api, pictures, clock, log }, deps);
    },
  };
}
