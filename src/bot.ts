import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { startApp } from './app.ts';
import type { WebEnv } from './chat/web/env.ts';
import { createFeed } from './chat/web/feed.ts';
import { createWebMessenger } from './chat/web/messenger.ts';
import { createWebOff, whyOpen } from './chat/web/off.ts';
import { createWebChat, type WebChat } from './chat/web/server.ts';
import { createViewer } from './chat/web/viewer.ts';
import type { Config } from './config.ts';
import { createCallbacks } from './ops/callbacks.ts';
import { startHousekeeping } from './ops/housekeeping.ts';
import { type Answer, listen } from './ops/http.ts';
import type { Log } from './ops/log.ts';
import { createMetrics } from './ops/metrics.ts';
import { createProbes } from './ops/probes.ts';
import { checkReady } from './ops/ready.ts';
import { createMakeCard } from './worker/card.ts';

export interface Bot {
  /** Name of what renders. */
  provider: string;
  /** Answers whoever comes to the port. */
  answer: Answer;
  /** Ends what would never end by itself: the streams of events. */
  closeStreams(): void;
  stop(): Promise<void>;
}

/** Everything behind the port, wired. Throws in plain words where it cannot start. */
export async function startBot({ config, log }: { config: Config; log: Log }): Promise<Bot> {
  const { web, dataDir, defaultFit } = config;
  const metrics = createMetrics();
  const feed = createFeed({ boot: randomBytes(4).toString('hex') });
  const app = await startApp({
    config,
    dataDir,
    log,
    messengers: (store, makeCard) => [
      metrics.messenger(createWebMessenger({ feed, viewer: createViewer({ store, makeCard }) })),
    ],
    watchGen4: metrics.gen4,
    // The worker has logged it and goes on trying; /readyz tells.
    onStoreTrouble: () => {},
  });
  const { store, gen4, gen4s, admission, worker } = app;
  metrics.store(store);
  const open = whyOpen(web);
  const chat: WebChat =
    open !== undefined && web.password === undefined
      ? { routes: createWebOff({ why: open, log }), close: () => {} }
      : await createWebChat({
          ...{ config: web, dataDir, defaultFit, store, gen4, admission, feed, log },
          viewer: createViewer({ store, makeCard: createMakeCard({ store, gen4s }) }),
          wake: worker.wake,
        });

  const ready = () => checkReady(store);
  const routes = new Hono<WebEnv>();
  routes.route('/', createProbes({ ready, log, ...(open === undefined ? { metrics } : {}) }));
  routes.route('/', createCallbacks({ store, gen4s, wake: worker.wake, log }));
  routes.route('/', chat.routes);
  const ops = web.opsPort === undefined ? undefined : await listenForOps(web.opsPort);
  const stopHousekeeping = startHousekeeping({ store, log });

  function listenForOps(port: number) {
    const { fetch } = createProbes({ ready, metrics, log });
    return listen({ host: '127.0.0.1', port, portSetting: 'OPS_PORT', answer: fetch, log });
  }

  return {
    provider: gen4.name,
    answer: routes.fetch,
    closeStreams: chat.close,
    async stop() {
      stopHousekeeping();
      await ops?.stop();
      await app.stop();
    },
  };
}
