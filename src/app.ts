import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Action, Command, CommandDeps } from '../commands/table.ts';
import type { ConfiguredPlatform } from './chat/define-platform.ts';
import { listenAll } from './chat/index.ts';
import { createTaskFiles } from './chat/kit/task-files.ts';
import type { Connected, Platform, PlatformRefused } from './chat/platform.ts';
import { createDoor } from './chat/web/door.ts';
import { isHere, WEB_PLACE, type WebEnv } from './chat/web/env.ts';
import { createFeed } from './chat/web/feed.ts';
import { createLinks } from './chat/web/links.ts';
import { createWebMessenger } from './chat/web/messenger.ts';
import { createWebOff, whyOff, whyOpen } from './chat/web/off.ts';
import { createPosters } from './chat/web/poster.ts';
import { createWebChat } from './chat/web/server.ts';
import { createViewer } from './chat/web/viewer.ts';
import { watchOthers } from './chat/web/watch.ts';
import { createThumbnails } from './media/pictures/thumbnails.ts';
import { createNetwork } from './net/network.ts';
import { openParts, startWorker } from './parts.ts';
import type { ConfiguredProvider } from './providers/define-provider.ts';
import { alarmCauses } from './server/alarm-causes.ts';
import { startAlarms } from './server/alarms.ts';
import { createCallbacks } from './server/callbacks.ts';
import { startHousekeeping } from './server/housekeeping.ts';
import { listen, type Respond } from './server/listener.ts';
import { createMetrics } from './server/metrics.ts';
import { createProbes } from './server/probes.ts';
import { checkReady } from './server/ready.ts';
import { watchTooMany } from './server/too-many.ts';
import { startWeekly } from './server/weekly.ts';
import type { Config } from './settings/config.ts';
import { originOf } from './settings/object-storage.ts';
import type { StoreUnavailable } from './store/store.ts';
import { serviceOf, type Task } from './task/task.ts';
import { systemClock } from './util/clock.ts';
import type { Log } from './util/log.ts';

export interface App {
  /** Answers whoever comes to the port. */
  answer: Respond;
  /** Ends what would never end by itself: the streams of events. */
  closeStreams(): void;
  /** Ends everything, in the order opposite to the one in which it began. */
  stop(): Promise<void>;
}

/** Everything behind the port, wired. Throws in plain words where it cannot start; `fail` is for what ends it later. */
export async function startApp(options: {
  config: Config;
  /** What is switched on of the lists. */
  providers: readonly ConfiguredProvider[];
  platforms: readonly ConfiguredPlatform[];
  /** What can be said, and pressed. */
  commands: readonly Command[];
  actions: readonly Action[];
  log: Log;
  /** People can reach a platform, for the first time; one that does not answer holds up nothing else. */
  connected: (platform: string, how: Connected) => void;
  fail: (error: PlatformRefused | StoreUnavailable) => void;
}): Promise<App> {
  const { config, connected, log } = options;
  const { web, defaultFit, starsNeeded, owners, ffmpegPath, mongoUrl, bucket, signsClipUrls, role } = config;
  const { publicUrl } = web;
  const actions = options.actions.filter(({ needsPublicUrl }) => !needsPublicUrl || publicUrl !== undefined);
  const clock = systemClock;
  const metrics = createMetrics();
  let failed = false;
  const fail: typeof options.fail = (error) => {
    failed = true;
    options.fail(error);
  };
  // How to end what runs, in the order it began.
  const ends: (() => Promise<void> | void)[] = [];
  async function stop(): Promise<void> {
    for (const end of ends.splice(0).reverse()) await end();
  }

  try {
    // The record, and what renders.
    const scratchDir = scratchOf(config);
    const guarded = options.platforms.filter(({ isPrivate }) => isPrivate).map(({ name }) => name);
    const network = createNetwork(config.network);
    const parts = await openParts({
      config,
      providers: options.providers,
      actions,
      privatePlatforms: [WEB_PLACE.platform, ...guarded],
      network,
      scratchDir,
      log,
      fail,
    });
    ends.push(parts.close);
    const { store, provider, admission, cardView } = parts;
    const decoder = metrics.decoder(parts.decoder);
    const thumbnails = createThumbnails({ decoder });
    const commands = options.commands.map((command) => command.offeredBy(provider));
    const providers = parts.providers.map(metrics.provider);
    metrics.record({ store, provider, providers: parts.providers, dailyBudget: config.admission.dailyBudget });
    ends.push(watchTooMany(metrics.tooMany));

    // Where people are.
    const feed = createFeed({ boot: randomBytes(4).toString('hex') });
    const glimpses = role === 'gateway' ? [] : providers.flatMap(({ name, glimpse }) => (glimpse ? [name] : []));
    const viewer = createViewer({ store, cardView, actions, glimpses });
    const files = createTaskFiles({
      store,
      decoder,
      thumbnails,
      log,
      scratchDir: join(scratchDir, 'shrink'),
      ffmpegPath,
    });
    const platformDeps = { store, log, files, network, publicUrl };
    const platforms = await Promise.all(options.platforms.map((each) => each.create(platformDeps)));

    // What is done for them; one that fails at the store logs it and goes on trying, and /readyz tells.
    const messengers = [createWebMessenger({ feed, viewer, files }), ...platforms.map(({ messenger }) => messenger)];
    const worker =
      role === 'gateway'
        ? undefined
        : startWorker(
            { ...parts, decoder },
            {
              config,
              providers,
              messengers: messengers.map(metrics.messenger),
              thumbnails,
              onSaved: metrics.saved,
              onForgotten: (task) => isHere(task) && feed.gone(task.id),
              log,
            },
          );
    const wake = (recorded?: Task) => worker?.wake(recorded);
    ends.push(() => worker?.stop());

    // What they say.
    const galleries = platforms.flatMap(({ gallery: chat, communityOf, messenger: { platform } }) =>
      chat === undefined ? [] : [{ platform, chat, community: communityOf && (() => communityOf(chat)) }],
    );
    const names = [...new Set(messengers.map(({ platform }) => serviceOf(platform)))];
    const shared = { starsNeeded, galleries, owners, platforms: names, providers, publicUrl, keepMs: config.keepMs };
    const standingIn: CommandDeps['standingIn'] = async (task) =>
      platforms.find(({ messenger }) => messenger.platform === task.place.platform)?.standingIn?.(task);
    const { withRoom } = worker ?? {};
    const commandDeps = { store, provider, admission, defaultFit, commands, actions, standingIn, withRoom, ...shared };
    const door = await createDoor(web, store);
    const posterOf = createPosters({ store, decoder });
    const alarms = alarmCauses({ store, provider, limits: config.admission });
    const standing = async () => (await Promise.all(alarms.map(({ look }) => look()))).flatMap((each) => each ?? []);
    const why = whyOff(config);
    const chat =
      why === undefined
        ? await createWebChat({
            config: web,
            door,
            commands: commandDeps,
            feed,
            viewer,
            posterOf,
            alarms: standing,
            wake,
            log,
          })
        : { routes: createWebOff({ why, log }), close: () => {} };
    // Another process may work on what is shown here.
    if (mongoUrl !== undefined) ends.push(watchOthers({ store, feed, viewer, clock, log }));
    const heard = role === 'worker' ? [] : platforms;
    const listening = await listenAll(heard, { ...commandDeps, wake, connected, fail });
    ends.push(async () => void (await Promise.all(listening.map((each) => each.stop()))));

    // What the port answers.
    const health = { ready: () => checkReady(store, listening), hasFailed: () => failed, log };
    const routes = new Hono<WebEnv>();
    const guards = [door.all, ...door.inside];
    routes.route('/', createProbes({ ...health, metrics: whyOpen(web) === undefined ? metrics : undefined, guards }));
    routes.route('/', createCallbacks({ store, providers, worker, log }));
    for (const each of listening) if (each.routes) routes.route('/', each.routes);
    const clipOrigin = bucket && signsClipUrls ? originOf(bucket) : undefined;
    if (publicUrl !== undefined && role !== 'worker')
      routes.route('/', await createLinks({ store, door, publicUrl, clipOrigin, posterOf, now: clock.now, log }));
    routes.route('/', chat.routes);
    if (web.opsPort !== undefined) {
      const { fetch } = createProbes({ ...health, metrics });
      const where = { host: '127.0.0.1', port: web.opsPort, portSetting: 'OPS_PORT' };
      ends.push((await listen({ ...where, answer: fetch, log })).stop);
    }
    ends.push(startHousekeeping({ store, keepMs: config.keepMs, clock, log }));
    if (owners.length > 0) {
      const tell = tellIn(platforms);
      const tellAll = async (text: string, signal: AbortSignal) =>
        (await Promise.all(owners.map((owner) => tell(owner, text, signal)))).some(Boolean);
      ends.push(startAlarms({ alarms, tell: tellAll, store, clock, log }));
      if (config.tellsWeekly) ends.push(startWeekly({ owners, tell, keepMs: config.keepMs, store, clock, log }));
    }

    return {
      answer: routes.fetch,
      closeStreams: chat.close,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Says something to a person in private, by the first bot of theirs that can; whether they were reached. */
const tellIn =
  (platforms: readonly Platform[]) =>
  async (person: string, text: string, signal: AbortSignal): Promise<boolean> => {
    for (const { messenger, tell } of platforms)
      if (person.startsWith(`${serviceOf(messenger.platform)}:`) && (await tell?.(person, text, signal))) return true;
    return false;
  };

/**
 * Several processes may share a folder where the record is elsewhere: on one machine each has a port of its own, in
 * containers on one volume each has a name.
 */
function scratchOf({ dataDir, mongoUrl, web }: Config): string {
  return mongoUrl === undefined ? dataDir : join(dataDir, `${hostname()}-${web.port || process.pid}`);
}
