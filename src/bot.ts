import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { startApp } from './app.ts';
import { createPlatforms, listenAll } from './chat/index.ts';
import { createMakeCard } from './chat/kit/card-view.ts';
import { createTaskFiles } from './chat/kit/task-files.ts';
import type { PlatformRefused } from './chat/platform.ts';
import type { WebEnv } from './chat/web/env.ts';
import { createFeed } from './chat/web/feed.ts';
import { createWebMessenger } from './chat/web/messenger.ts';
import { createWebOff, whyOff, whyOpen } from './chat/web/off.ts';
import { createWebChat, type WebChat } from './chat/web/server.ts';
import { createViewer } from './chat/web/viewer.ts';
import { watchOthers } from './chat/web/watch.ts';
import { createCallbacks } from './server/callbacks.ts';
import { startHousekeeping } from './server/housekeeping.ts';
import { type Answer, listen } from './server/listener.ts';
import { createMetrics } from './server/metrics.ts';
import { createProbes } from './server/probes.ts';
import { checkReady } from './server/ready.ts';
import type { Config } from './settings/config.ts';
import type { StoreUnavailable } from './store/store.ts';
import { systemClock } from './util/clock.ts';
import type { Log } from './util/log.ts';

export interface Bot {
  /** Name of what renders. */
  provider: string;
  /** What the platforms tell about themselves, a line each. */
  startupNotes: readonly string[];
  /** Answers whoever comes to the port. */
  answer: Answer;
  /** Ends what would never end by itself: the streams of events. */
  closeStreams(): void;
  stop(): Promise<void>;
}

/** Everything behind the port, wired. Throws in plain words where it cannot start; `fail` is for what ends it later. */
export async function startBot(options: {
  config: Config;
  log: Log;
  fail: (error: PlatformRefused | StoreUnavailable) => void;
}): Promise<Bot> {
  const { config, log, fail } = options;
  const { web, dataDir, defaultFit } = config;
  const metrics = createMetrics();
  const feed = createFeed({ boot: randomBytes(4).toString('hex') });
  // Several processes may share a folder where the record is elsewhere: on one machine each has a port of its own, in
  // containers on one volume each has a name.
  const own = `${hostname()}-${web.port || process.pid}`;
  const scratchDir = config.mongoUrl === undefined ? dataDir : join(dataDir, own);
  const app = await startApp({
    config,
    log,
    messengers: (store, makeCard, platforms) =>
      [
        createWebMessenger({ feed, viewer: createViewer({ store, makeCard }) }),
        ...platforms.map(({ messenger }) => messenger),
      ].map(metrics.messenger),
    scratchDir,
    platforms: (store) => {
      const { ffmpegPath } = config;
      const shrinking = { scratchDir: join(scratchDir, 'shrink'), ...(ffmpegPath === undefined ? {} : { ffmpegPath }) };
      return createPlatforms(config, {
        ...{ store, log, files: createTaskFiles({ store, log, ...shrinking }) },
        ...(web.publicUrl === undefined ? {} : { publicUrl: web.publicUrl }),
      });
    },
    watchProvider: metrics.provider,
    // The worker has logged it and goes on trying; /readyz tells.
    onStoreTrouble: () => {},
    onRecordLost: fail,
  });
  // How to end what runs, in the order it began.
  const ends = [app.stop];
  async function stop(): Promise<void> {
    for (const end of ends.toReversed()) await end();
  }

  try {
    const { store, provider, providers, admission, wake } = app;
    metrics.store(store);
    const open = whyOpen(web);
    const why = whyOff(config);
    const viewer = createViewer({ store, makeCard: createMakeCard({ store, providers }) });
    const chat: WebChat =
      why !== undefined
        ? { routes: createWebOff({ why, log }), close: () => {} }
        : await createWebChat({
            ...{ config: web, defaultFit, store, provider, admission, feed, log },
            viewer,
            wake,
          });
    // Another process may work on what is shown here.
    if (config.mongoUrl !== undefined) {
      const stopWatching = watchOthers({ store, feed, viewer, clock: systemClock, log });
      ends.push(async () => stopWatching());
    }
    const heard = config.role === 'worker' ? [] : app.platforms;
    const listening = await listenAll(heard, { store, provider, admission, defaultFit, wake, fail });
    ends.push(async () => void (await Promise.all(listening.map((each) => each.stop()))));

    const ready = () => checkReady(store, listening);
    const routes = new Hono<WebEnv>();
    routes.route('/', createProbes({ ready, log, ...(open === undefined ? { metrics } : {}) }));
    routes.route('/', createCallbacks({ store, providers, wake, log }));
    for (const each of listening) if (each.routes) routes.route('/', each.routes);
    routes.route('/', chat.routes);
    if (web.opsPort !== undefined) {
      const { fetch } = createProbes({ ready, metrics, log });
      const where = { host: '127.0.0.1', port: web.opsPort, portSetting: 'OPS_PORT' };
      ends.push((await listen({ ...where, answer: fetch, log })).stop);
    }
    const stopHousekeeping = startHousekeeping({ store, keepMs: config.keepMs, clock: systemClock, log });
    ends.push(async () => stopHousekeeping());

    return {
      provider: provider.name,
      startupNotes: listening.flatMap(({ startupNotes }) => startupNotes),
      answer: routes.fetch,
      closeStreams: chat.close,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
