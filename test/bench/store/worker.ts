import pino from 'pino';
import { actions } from '../../../commands/index.ts';
import type { Messenger } from '../../../src/chat/chat.ts';
import { createCardView } from '../../../src/chat/kit/card-view.ts';
import type { Provider } from '../../../src/providers/provider.ts';
import type { Blobs, StagedBlob } from '../../../src/store/blobs.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Durations } from '../../../src/store/values.ts';
import { PICTURE_BLOB } from '../../../src/task/blob-names.ts';
import type { Task } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createSemaphore } from '../../../src/util/semaphore.ts';
import { createWorker, type Worker } from '../../../src/worker/worker.ts';
import { known, newTask } from '../../contract/store/tools.ts';
import { plainClipEnds } from '../../helpers/clip-ends.ts';
import { IDLE } from '../../helpers/idle.ts';
import { createFlow, type Load } from './flow.ts';
import { person, STEPS } from './steps.ts';

const SIZE = { width: 1280, height: 720 };

/** A service that does at once whatever it is asked to, or never ends a job. */
export const instantGen4 = (
  poll: Provider['poll'] = async () => ({ outcome: 'succeeded', open: async () => bytes() }),
): Provider => ({
  name: 'bench',
  capabilities: {
    ...{
      sizes: [SIZE],
      durations: [5],
      maxSceneChars: 1_000,
      minPollMs: 1,
      concurrency: 10_000,
      paid: true,
      local: false,
    },
  },
  credits: () => 1,
  submit: async () => ({ outcome: 'accepted', jobId: 'job' }),
  poll,
  close: async () => {},
});

async function* bytes(): AsyncIterable<Uint8Array> {
  yield Buffer.from('bytes');
}

const messenger: Messenger = {
  platform: 'test',
  editMs: 1_000,
  showCard: async () => ({ outcome: 'shown' }),
  async send(_task, { kind }, ledger) {
    await ledger.record(kind, 'message');
    return { outcome: 'shown' };
  },
};

/** The real worker on this store, with everything around it that takes time left out. */
export const benchWorker = (store: Store, provider: Provider, onSaved: (task: Task) => void = () => {}): Worker =>
  createWorker({
    store,
    providers: [provider],
    messengers: [messenger],
    cardView: createCardView({ store, providers: [provider], actions }),
    fitPicture: async () => ({
      bytes: Buffer.from('bytes'),
      type: 'image/png',
      thumbnail: Buffer.from('thumbnail'),
      original: SIZE,
      fitted: SIZE,
      notes: [],
    }),
    checkClip: async () => ({ outcome: 'playable', size: SIZE, durationMs: 5_000 }),
    clipEnds: plainClipEnds,
    limits: { queueMaxMs: 24 * 3_600_000, deadlineMs: 24 * 3_600_000 },
    ...{
      clock: systemClock,
      random: Math.random,
      // Nobody waits for an answer here.
      utilization: IDLE,
      log: pino({ level: 'error' }),
      owner: 'bench',
      onSaved,
    },
  });

/**
 * Steps a second of the real worker: claims, saves, what it was charged, jobs and messages on record, cards. Two things
 * are left out: files, which a queue does not keep either, and waiting for a service to finish, for it is known here
 * that jobs end at once.
 */
export async function stepsByWorker(real: Store, load: Load): Promise<number> {
  const store: Store = { ...real, blobs: noFiles, durations: knownToEndAtOnce };
  let saves = 0;
  const provider = instantGen4();
  const worker = benchWorker(store, provider, ({ state, shown }) => {
    saves++;
    if (state === 'delivered' && shown !== undefined) flow.ended();
  });
  const flow = createFlow(load, async (n) => {
    await store.tasks.insert(newTask(systemClock, { provider: provider.name, requester: person(n) }));
    worker.wake();
  });
  worker.start();
  try {
    const seconds = await flow.run();
    if (saves < load.tasks * STEPS.length) throw new Error(`the worker saved ${saves} times only`);
    return (load.tasks * STEPS.length) / seconds;
  } finally {
    await worker.stop();
  }
}

const ANY: StagedBlob = { task: '', name: 'any', file: 'any', bytes: 5, sha256: 'a'.repeat(64) };
const noFiles: Blobs = {
  write: async () => ANY,
  stage: async () => ANY,
  discard: async () => {},
  stat: async () => ANY,
  read: () => bytes(),
  address: async () => undefined,
  remove: async () => {},
  share: async () => {},
  names: async () => [PICTURE_BLOB],
};

const knownToEndAtOnce: Durations = {
  get: async () => Array.from({ length: 60 }, () => ({ loMs: 0, hiMs: 1 })),
  put: async () => {},
};

/** The same number of steps by the store alone: each lane takes its next task from insert to end. */
export async function stepsByStore({ tasks }: Store, load: Load, lanes: number): Promise<number> {
  const states = ['queued', 'submitting', 'rendering', 'ready', 'delivering', 'delivered'] as const;
  // As in the worker: one claim at a time, for all lanes that are free by then.
  const claims = createSemaphore();
  const claimed: Task[] = [];
  let free = 0;
  const claim = () => {
    free++;
    return claims(async () => {
      if (claimed.length === 0) claimed.push(...(await tasks.claimDue('bench', free)));
      free--;
      return known(claimed.shift());
    });
  };
  let begun = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (begun++ < load.tasks) {
        await tasks.insert(newTask(systemClock, { requester: person(begun) }));
        let task = await claim();
        for (const state of states) task = known(await tasks.save({ ...task, state }, { owner: 'bench', hold: true }));
        known(await tasks.save(task, { owner: 'bench' }));
      }
    }),
  );
  return (load.tasks * STEPS.length) / ((performance.now() - started) / 1_000);
}
