import type { TelegramConfig } from '../../config.ts';
import { systemClock } from '../../ops/clock.ts';
import type { Platform } from '../platform.ts';
import type { PlatformDeps } from '../platforms.ts';
import { createApi } from './api.ts';
import { createBudget } from './budget.ts';
import { createCards } from './card.ts';
import { createDelivery } from './delivery.ts';
import { createListen } from './listen.ts';
import { createMessenger } from './messenger.ts';
import { createOpenPicture } from './pictures.ts';
import { createPlainSend } from './plain-send.ts';
import { createPoster } from './post.ts';
import { createVideos } from './video.ts';

/** Telegram, wired: one way to its API and one budget for what is sent, whoever sends it. */
export function createTelegram(config: TelegramConfig, deps: PlatformDeps): Platform {
  const { store, log, publicUrl, files } = deps;
  const clock = systemClock;
  const tg = createApi(config);
  const poster = createPoster({ tg, budget: createBudget({ clock, perSecond: config.perSecond }) });
  const cards = createCards(poster);
  const videos = createVideos(files);
  const plainSend = createPlainSend({ tg, poster, videos });
  return {
    messenger: createMessenger({
      ...{ store, poster, cards },
      deliver: createDelivery({ tg, poster, videos, plainSend }),
      openPicture: createOpenPicture({ ...config, tg, log }),
    }),
    listen: createListen({
      ...{ config, tg, poster, cards, plainSend, clock, log },
      ...(publicUrl === undefined ? {} : { publicUrl }),
    }),
  };
}
