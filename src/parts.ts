import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Admission, createAdmission } from '../commands/admission.ts';
import type { Action } from '../commands/table.ts';
import type { Messenger } from './chat/chat.ts';
import { type CardView, createCardView } from './chat/kit/card-view.ts';
import { checkClip } from './media/clips/clip.ts';
import { type ClipEnds, createClipEnds } from './media/clips/clip-ends.ts';
import { createDecoder, type Decoder } from './media/pictures/decoder/decoder.ts';
import type { Network } from './net/network.ts';
import type { ConfiguredProvider } from './providers/define-provider.ts';
import { createProviders } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';
import type { Config } from './settings/config.ts';
import { assertNotMigrated } from './store/assert-not-migrated.ts';
import { openStore } from './store/open.ts';
import { acquireShared } from './store/shared-use.ts';
import type { Store, StoreUnavailable } from './store/store.ts';
import { systemClock } from './util/clock.ts';
import type { Log } from './util/log.ts';
import { createWorker, type Worker, type WorkerDeps } from './worker/worker.ts';

/** What every program that makes clips has: the record, and what renders. */
export interface Parts {
  store: Store;
  decoder: Decoder;
  clipEnds: ClipEnds;
  /** What renders new requests. */
  provider: Provider;
  /** Everything that can render, for what it began. */
  providers: readonly Provider[];
  admission: Admission;
  cardView: CardView;
  /** Closes the providers and the decoder, then the store. */
  close(): Promise<void>;
}

/** Opens the record and makes what renders. Throws in plain words where that cannot be. */
export async function openParts(options: {
  config: Config;
  providers: readonly ConfiguredProvider[];
  actions: readonly Action[];
  /** Names of the platforms of this program that strangers cannot come to. */
  privatePlatforms: readonly string[];
  network: Network;
  /** For what is under way in this process alone. */
  scratchDir: string;
  log: Log;
  /** The record is lost to this process, or is being copied since it stood still: it has to end. */
  fail: (error: StoreUnavailable) => void;
}): Promise<Parts> {
  const { config, privatePlatforms, network, scratchDir, log, fail } = options;
  const { dataDir, mongoUrl, ffmpegPath } = config;
  const store = await openStore(config, log, { network, lost: fail });
  const decoder = createDecoder();
  let release = () => {};
  try {
    // Whoever has SQLite open has it alone.
    if (mongoUrl !== undefined) release = await acquireShared(store, fail);
    await assertNotMigrated(store);
    const { use, concurrency } = config.provider;
    const { use: provider, all: providers } = await createProviders(options.providers, use, {
      concurrency,
      dataDir,
      scratchDir,
      ffmpegPath,
      network,
      decoder,
      log,
    });
    return {
      store,
      decoder,
      clipEnds: createClipEnds({ scratchDir: join(scratchDir, 'join'), ffmpegPath }),
      provider,
      providers,
      admission: createAdmission({ store, providers, limits: config.admission, privatePlatforms, log }),
      cardView: createCardView({ store, providers, actions: options.actions }),
      async close() {
        await Promise.all(providers.map((each) => each.close()));
        await decoder.close();
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

/** Starts a worker on the record. */
export function startWorker(
  { store, decoder, clipEnds, cardView }: Pick<Parts, 'store' | 'decoder' | 'clipEnds' | 'cardView'>,
  options: {
    config: Config;
    providers: readonly Provider[];
    messengers: readonly Messenger[];
    log: Log;
  } & Pick<WorkerDeps, 'thumbnails' | 'onSaved' | 'onStoreTrouble' | 'onForgotten'>,
): Worker {
  const { config, ...rest } = options;
  const worker = createWorker({
    ...rest,
    store,
    cardView,
    checkClip,
    clipEnds,
    fitPicture: decoder.fit,
    limits: config.limits,
    publicUrl: config.web.publicUrl,
    clock: systemClock,
    random: Math.random,
    utilization: performance.eventLoopUtilization,
    owner: randomBytes(8).toString('hex'),
  });
  worker.start();
  return worker;
}
