import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi, type Telegram } from './api/api.ts';
import { channelsOf, privatePlaceOf } from './places.ts';
import { listenOnTelegram } from './receive/listen.ts';
import { createKnownFile } from './send/known-file.ts';
import { createMessenger } from './send/messenger.ts';
import { createPoster } from './send/post.ts';
import { createSendThrottle } from './send/send-throttle.ts';
import { createSpendings } from './send/spendings.ts';
import type { TelegramConfig } from './settings.ts';
import { plain } from './texts.ts';

/** Telegram, wired: one way to its API and one budget for all that is sent. */
export function createTelegram(config: TelegramConfig, deps: PlatformDeps): Platform {
  const { store, log, publicUrl, network, files } = deps;
  const clock = systemClock;
  const tg = createApi({ ...config, network });
  const spendings = createSpendings({ store, log });
  const throttle = createSendThrottle({ clock, perSecond: config.perSecond, spendings });
  const poster = createPoster({ tg, throttle, clock });
  const canShare = createCanShare(tg);
  const knownFile = createKnownFile(store);
  const { gallery } = config;
  const all = { config, publicUrl, network, tg, poster, files, knownFile, canShare, gallery, clock, log };
  return {
    gallery,
    async tell(person, text) {
      const place = privatePlaceOf(person);
      if (!place) return false;
      const how = { priority: 'answer', key: `tell:${person}` } as const;
      return (await poster.post({ chat: place.chat }, plain(text), how)).outcome === 'posted';
    },
    standingIn: async ({ place }) => ({ channels: channelsOf(place) }),
    messenger: createMessenger(all),
    listen: (deps) => listenOnTelegram(all, deps),
  };
}

/** Asked for once; again where Telegram did not say. */
function createCanShare(tg: Telegram): () => Promise<boolean> {
  let known: boolean | undefined;
  return async () => {
    if (known !== undefined) return known;
    const me = await tg.call((api, signal) => api.getMe(signal));
    if (me.outcome === 'done') known = me.result.supports_inline_queries;
    return known ?? false;
  };
}
