import { Routes } from 'discord.js';
import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi } from './api/rest.ts';
import { createCommunityOf } from './community-of.ts';
import { userOf } from './ids.ts';
import { createMessenger } from './send/messenger.ts';
import { createPictures } from './send/pictures.ts';
import { openDirect } from './send/places.ts';
import { createRecentRefusals } from './send/recent-refusals.ts';
import type { DiscordConfig } from './settings.ts';
import { standingIn } from './standing-in.ts';

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
    communityOf: createCommunityOf({ api, clock }),
    async tell(person, text, signal) {
      const opened = await openDirect(userOf({ requester: { id: person, name: '' } }), { api }, signal);
      if (opened.outcome !== 'open') return false;
      const body = { content: text, allowed_mentions: { parse: [] } };
      const said = await api.call({ method: 'POST', path: Routes.channelMessages(opened.channel), body }, signal);
      return said.outcome === 'done';
    },
    standingIn: (task) => standingIn(task, { api }),
    messenger: createMessenger({ api, recentRefusals, pictures, files, clock, reply: config.reply }),
    async listen(deps) {
      // Only a process that listens needs what this loads.
      const { listenOnDiscord } = await import('./receive/listen.ts');
      return listenOnDiscord({ config, api, recentRefusals, pictures, files, network, clock, log }, deps);
    },
  };
}
