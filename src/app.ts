import { randomBytes } from 'node:crypto';
import { type Admission, createAdmission } from '../commands/admission.ts';
import type { Messenger } from './chat/chat.ts';
import type { Config } from './config.ts';
import { createProviders } from './gen4/choose.ts';
import type { Gen4 } from './gen4/provider.ts';
import { checkClip } from './media/clip.ts';
import { createFitter } from './media/fit.ts';
import { systemClock } from './ops/clock.ts';
import type { Log } from './ops/log.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import type { Store, StoreUnavailable } from './store/store.ts';
import type { Task } from './task/task.ts';
import { createMakeCard, type MakeCard } from './worker/card.ts';
import { createWorker, type Worker } from './worker/worker.ts';

/** The parts of a running program, wired. */
export interface App {
  store: Store;
  /** What renders new requests. */
  gen4: Gen4;
  /** Everything that can render, for what it began. */
  gen4s: readonly Gen4[];
  admission: Admission;
  worker: Worker;
  /** Ends in order: the worker, the providers, the store. */
  stop(): Promise<void>;
}

/** Opens the store in `dataDir` and starts the worker on it. Throws in plain words where that cannot be. */
export async function startApp(options: {
  config: Config;
  dataDir: string;
  messengers: (store: Store, makeCard: MakeCard) => readonly Messenger[];
  log: Log;
  onStoreTrouble: (error: StoreUnavailable) => void;
  onSaved?: (task: Task) => void;
  /** The same provider, watched. */
  watchGen4?: (gen4: Gen4) => Gen4;
}): Promise<App> {
  const { config, dataDir, log, onStoreTrouble, onSaved, watchGen4 = (gen4) => gen4 } = options;
  const store = await openSqliteStore({ dir: dataDir, clock: systemClock, log });
  const { use, all } = await createProviders({ config, dataDir, log }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const gen4s = all.map(watchGen4);
  const gen4 = gen4s[all.indexOf(use)] ?? use;
  const worker = createWorker({
    ...{ store, gen4s, log, onStoreTrouble, checkClip, limits: config.limits },
    messengers: options.messengers(store, createMakeCard({ store, gen4s })),
    fitPicture: createFitter(),
    clock: systemClock,
    random: Math.random,
    owner: randomBytes(8).toString('hex'),
    ...(config.web.publicUrl === undefined ? {} : { publicUrl: config.web.publicUrl }),
    ...(onSaved ? { onSaved } : {}),
  });
  worker.start();
  return {
    ...{ store, gen4, gen4s, worker },
    admission: createAdmission({ store, gen4, limits: config.spend }),
    async stop() {
      await worker.stop();
      await Promise.all(gen4s.map((each) => each.close()));
      await store.close();
    },
  };
}
