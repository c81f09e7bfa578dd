import { randomBytes } from 'node:crypto';
import { type Admission, createAdmission } from '../commands/admission.ts';
import type { Messenger } from './chat/chat.ts';
import { createMakeCard, type MakeCard } from './chat/kit/card-view.ts';
import type { Platform } from './chat/platform.ts';
import { checkClip } from './media/clips/clip.ts';
import { createFitter } from './media/pictures/fit.ts';
import { createProviders } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';
import type { Config } from './settings/config.ts';
import { assertNotMigrated } from './store/assert-not-migrated.ts';
import { openStore, type StoreConfig } from './store/open.ts';
import { acquireShared } from './store/shared-use.ts';
import type { Store, StoreUnavailable } from './store/store.ts';
import type { Task } from './task/task.ts';
import { systemClock } from './util/clock.ts';
import type { Log } from './util/log.ts';
import { createWorker } from './worker/worker.ts';

/** The parts of a running program, wired. */
export interface App {
  store: Store;
  /** What renders new requests. */
  provider: Provider;
  /** Everything that can render, for what it began. */
  providers: readonly Provider[];
  admission: Admission;
  /** The platforms that are configured. */
  platforms: readonly Platform[];
  /** Something was recorded or asked: the worker, where this process has one, looks now. */
  wake(): void;
  /** Ends in order: the worker, the providers, the store. */
  stop(): Promise<void>;
}

/** Opens the record and, unless this is a gateway, starts the worker on it. Throws in plain words where that cannot be. */
export async function startApp(options: {
  config: Config;
  /** Where the record is, in place of what `config` says. */
  record?: StoreConfig;
  /** For what is under way in this process alone; absent: the record's folder. */
  scratchDir?: string;
  messengers: (store: Store, makeCard: MakeCard, platforms: readonly Platform[]) => readonly Messenger[];
  /** Makes the platforms; absent where there are none. */
  platforms?: (store: Store) => Promise<readonly Platform[]>;
  log: Log;
  onStoreTrouble: (error: StoreUnavailable) => void;
  onSaved?: (task: Task) => void;
  /** A copy of the record has begun while this process stood still: it has to end. */
  onRecordLost?: (error: StoreUnavailable) => void;
  /** The same provider, watched. */
  watchProvider?: (provider: Provider) => Provider;
}): Promise<App> {
  const {
    config,
    record = config,
    scratchDir = record.dataDir,
    log,
    onStoreTrouble,
    onSaved,
    onRecordLost = onStoreTrouble,
    watchProvider = (provider) => provider,
  } = options;
  const store = await openStore(record, log);
  // Whoever has SQLite open has it alone.
  let release = () => {};
  try {
    if (record.mongoUrl !== undefined) release = await acquireShared(store, onRecordLost);
    await assertNotMigrated(store);
    const { use, all } = await createProviders({ config, dataDir: scratchDir, log });
    const providers = all.map(watchProvider);
    const provider = providers[all.indexOf(use)] ?? use;
    const platforms = (await options.platforms?.(store)) ?? [];
    const worker =
      config.role === 'gateway'
        ? undefined
        : createWorker({
            ...{ store, providers, log, onStoreTrouble, checkClip, limits: config.limits },
            messengers: options.messengers(store, createMakeCard({ store, providers }), platforms),
            fitPicture: createFitter(),
            clock: systemClock,
            random: Math.random,
            utilization: performance.eventLoopUtilization,
            owner: randomBytes(8).toString('hex'),
            ...(config.web.publicUrl === undefined ? {} : { publicUrl: config.web.publicUrl }),
            ...(onSaved ? { onSaved } : {}),
          });
    worker?.start();
    return {
      ...{ store, provider, providers, platforms },
      wake: () => worker?.wake(),
      admission: createAdmission({ store, provider, limits: config.spend }),
      async stop() {
        await worker?.stop();
        await Promise.all(providers.map((each) => each.close()));
        release();
        await store.close();
      },
    };
  } catch (error) {
    release();
    await store.close();
    throw error;
  }
}
