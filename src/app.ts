import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Messenger } from './chat/chat.ts';
import type { Config } from './config.ts';
import { createPreview } from './gen4/preview.ts';
import type { Gen4 } from './gen4/provider.ts';
import { checkClip } from './media/clip.ts';
import { createFitter } from './media/fit.ts';
import { systemClock } from './ops/clock.ts';
import { findFfmpeg } from './ops/ffmpeg.ts';
import type { Log } from './ops/log.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { type Store, StoreUnavailable } from './store/store.ts';
import type { Task } from './task/task.ts';
import { createWorker, type Worker } from './worker/worker.ts';

/** The parts of a running program, wired. */
export interface App {
  store: Store;
  /** What renders new requests. */
  gen4: Gen4;
  worker: Worker;
  /** Ends in order: the worker, the provider, the store. */
  stop(): Promise<void>;
}

/** Opens the store in `dataDir` and starts the worker on it. Throws in plain words where that cannot be. */
export async function startApp(options: {
  config: Config;
  dataDir: string;
  messengers: (store: Store) => readonly Messenger[];
  log: Log;
  onStoreTrouble: (error: StoreUnavailable) => void;
  onSaved?: (task: Task) => void;
  /** The same provider, watched. */
  watchGen4?: (gen4: Gen4) => Gen4;
}): Promise<App> {
  const { config, dataDir, log, onStoreTrouble, onSaved, watchGen4 = (gen4) => gen4 } = options;
  const ffmpeg = await findFfmpeg({ FFMPEG_PATH: config.ffmpegPath });
  const store = await openSqliteStore({ dir: dataDir, clock: systemClock, log });
  const scratchDir = join(dataDir, 'scratch');
  let gen4: Gen4;
  try {
    gen4 = watchGen4(createPreview({ ffmpeg, scratchDir, log }));
  } catch (cause) {
    await store.close();
    throw new StoreUnavailable(`${scratchDir} cannot be made, emptied or written. Allow this user to.`, { cause });
  }
  const worker = createWorker({
    store,
    gen4s: [gen4],
    messengers: options.messengers(store),
    fitPicture: createFitter(),
    checkClip,
    clock: systemClock,
    random: Math.random,
    log,
    owner: randomBytes(8).toString('hex'),
    onStoreTrouble,
    ...(onSaved ? { onSaved } : {}),
  });
  worker.start();
  return {
    store,
    gen4,
    worker,
    async stop() {
      await worker.stop();
      await gen4.close();
      await store.close();
    },
  };
}
