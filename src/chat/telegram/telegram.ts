import { systemClock } from '../../util/clock.ts';
import type { Platform, PlatformDeps } from '../platform.ts';
import { createApi } from './api/api.ts';
import { createListen } from './receive/listen.ts';
import { createCards } from './send/card.ts';
import { createDelivery } from './send/delivery.ts';
import { createMessenger } from './send/messenger.ts';
import { createOpenPicture } from './send/pictures.ts';
import { createPlainSend } from './send/plain-send.ts';
import { createPoster } from './send/post.ts';
import { createSendThrottle } from './send/send-throttle.ts';
import { createVideos } from './send/video.ts';
import type { TelegramConfig } from './settings.ts';

/** Telegram, wired: one way to its API and one budget for what is sent, whoever sends it. */
export function createTelegram(config: TelegramConfig, deps: PlatformDeps): Platform {
  const { log, publicUrl, network, files } = deps;
  const clock = systemClock;
  const tg = createApi({ ...config, network });
  const poster = createPoster({ tg, throttle: createSendThrottle({ clock, perSecond: config.perSecond }) });
  const videos = createVideos(files);
  const plainSend = createPlainSend({ tg, poster, videos });
  return {
    messenger: createMessenger({
      poster,
      cards: createCards(poster),
      deliver: createDelivery({ tg, poster, videos, plainSend }),
      openPicture: createOpenPicture({ ...config, tg, network, log }),
    }),
    listen: createListen({ config, publicUrl, tg, poster, plainSend, clock, log }),
  };
}
