import type { Store } from '../../store/store.ts';
import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi, type Telegram } from './api/api.ts';
import { channelsOf, privatePlaceOf, SERVICE } from './places.ts';
import { listenOnTelegram } from './receive/listen.ts';
import { createKnownFile } from './send/known-file.ts';
import { createMessenger } from './send/messenger.ts';
import { createPoster } from './send/post.ts';
import { createSendThrottle } from './send/send-throttle.ts';
import { createSpendings } from './send/spendings.ts';
import type { TelegramConfig } from './settings.ts';
import { plain } from './texts.ts';

/** One of Telegram's bots, wired: one way to its API and one budget for all that it sends. */
export async function createTelegram(config: TelegramConfig, deps: PlatformDeps): Promise<Platform> {
  const { store, publicUrl, network, files } = deps;
  const platform = await nameOnRecord(config, store);
  const log = config.isAlone ? deps.log : deps.log.child({ bot: config.bot });
  const clock = systemClock;
  const tg = createApi({ ...config, network });
  const spendings = createSpendings({ platform, store, log });
  const throttle = createSendThrottle({ clock, perSecond: config.perSecond, spendings });
  const poster = createPoster({ tg, throttle, clock });
  const canShare = createCanShare(tg);
  const knownFile = createKnownFile(store);
  const { gallery } = config;
  const all = { platform, config, publicUrl, network, tg, poster, files, knownFile, canShare, gallery, clock, log };
  return {
    gallery,
    async tell(person, text) {
      const place = privatePlaceOf(person, { platform });
      if (!place) return false;
      const how = { priority: 'answer', key: `tell:${person}` } as const;
      return (await poster.post({ chat: place.chat }, plain(text), how)).outcome === 'posted';
    },
    standingIn: async ({ place }) => ({ channels: channelsOf(place) }),
    messenger: createMessenger(all),
    listen: (deps) => listenOnTelegram(all, deps),
  };
}

/**
 * The name that the bot's places have on record, for good: a record's first bot has the plain one, as all had before there
 * could be several. Never another's: each bot numbers the messages of private chats by itself, so that under its name what is
 * asked of the one would pass for what was asked of the other.
 */
export async function nameOnRecord({ bot, first }: TelegramConfig, store: Pick<Store, 'setOnce'>): Promise<string> {
  return bot === (await store.setOnce('telegram-bot', first)) ? SERVICE : `${SERVICE}-${bot}`;
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
