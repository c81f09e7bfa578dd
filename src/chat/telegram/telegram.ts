import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi } from './api/api.ts';
import { listenOnTelegram } from './receive/listen.ts';
import { createMessenger } from './send/messenger.ts';
import { createPoster } from './send/post.ts';
import { createSendThrottle } from './send/send-throttle.ts';
import { createSpendings } from './send/spendings.ts';
import type { TelegramConfig } from './settings.ts';

/** Telegram, wired: one way to its API and one budget for all that is sent. */
export function createTelegram(config: TelegramConfig, deps: PlatformDeps): Platform {
  const { store, log, publicUrl, network, files } = deps;
  const clock = systemClock;
  const tg = createApi({ ...config, network });
  const spendings = createSpendings({ store, log });
  const throttle = createSendThrottle({ clock, perSecond: config.perSecond, spendings });
  const poster = createPoster({ tg, throttle, clock });
  const all = { config, publicUrl, network, tg, poster, files, clock, log };
  return {
    messenger: createMessenger(all),
    listen: (deps) => listenOnTelegram(all, deps),
  };
}
