import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pino from 'pino';
import { createAdmission } from '../../commands/admission.ts';
import { animate } from '../../commands/animate.ts';
import { actions, commands } from '../../commands/index.ts';
import type { AdmissionLimits } from '../../commands/limits.ts';
import { type HeardPress, press } from '../../commands/press.ts';
import type { Reply } from '../../commands/reply.ts';
import { takesOf } from '../../commands/takes.ts';
import type { Card, Ledger, Messenger, OpenedPicture, Outgoing, Sent } from '../../src/chat/chat.ts';
import { createCardView } from '../../src/chat/kit/card-view.ts';
import type { RemotePicture } from '../../src/media/pictures/declared.ts';
import type { Capabilities, Provider, SubmitInput, Submitted, Verdict } from '../../src/providers/provider.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import type { WithRoom } from '../../src/store/tasks.ts';
import type { Task } from '../../src/task/task.ts';
import type { Clock } from '../../src/util/clock.ts';
import { createWorker, type Worker, type WorkerDeps } from '../../src/worker/worker.ts';
import { plainClipEnds } from './clip-ends.ts';
import { manualClock } from './clock.ts';
import { IDLE } from './idle.ts';
import { createPending } from './pending.ts';
import { tinyPng } from './pictures.ts';

const LANDSCAPE = { width: 1280, height: 720 };

/** A provider that does as the test says. Records what it was asked. */
export function scriptedProvider(capabilities: Partial<Capabilities> = {}, keys?: string[]) {
  const script = {
    submit: async (): Promise<Submitted> => ({ outcome: 'accepted', jobId: `job-${provider.submits.length}` }),
    poll: async (_jobId: string, _scene?: string): Promise<Verdict> => succeeded(),
  };
  const provider = {
    name: 'scripted',
    capabilities: {
      sizes: [LANDSCAPE, { width: 720, height: 1280 }],
      durations: [5, 10],
      maxSceneChars: 1000,
      minPollMs: 1_000,
      concurrency: 2,
      paid: true,
      local: false,
      ...capabilities,
    },
    ...(keys ? { keys } : {}),
    credits: () => (capabilities.paid === false ? 0 : 1),
    jobOfCallback: (uuid: string) => uuid,
    script,
    submits: [] as SubmitInput[],
    polls: [] as string[],
    cancels: [] as string[],
    submit: (input: SubmitInput) => {
      provider.submits.push(input);
      return script.submit();
    },
    poll: (jobId: string, _signal: AbortSignal, scene?: string) => {
      provider.polls.push(jobId);
      return script.poll(jobId, scene);
    },
    cancel: async (jobId: string) => {
      provider.cancels.push(jobId);
    },
    close: async () => {},
  };
  return provider satisfies Provider as Provider & typeof provider;
}

/** The verdict on a job whose clip is ready. */
export const succeeded = (): Verdict => ({ outcome: 'succeeded', open: async () => oneChunk() });

async function* oneChunk(): AsyncIterable<Uint8Array> {
  yield Buffer.from('a clip');
}

/** A chat that shows what it is told, unless the test says otherwise. Clips and notices in the order they were shown. */
export function scriptedChat() {
  const chat = {
    platform: 'test',
    editMs: 0,
    cards: [] as Card[],
    shown: [] as Outgoing[],
    doubts: [] as boolean[],
    script: {
      card: async (): Promise<Sent> => ({ outcome: 'shown' }),
      send: async (_message: Outgoing): Promise<Sent> => ({ outcome: 'shown' }),
      open: async (_signal: AbortSignal): Promise<OpenedPicture> => ({
        outcome: 'open',
        bytes: Readable.from([await tinyPng()]),
      }),
    },
    opened: [] as string[],
    openPicture(ref: string, signal: AbortSignal): Promise<OpenedPicture> {
      chat.opened.push(ref);
      return chat.script.open(signal);
    },
    async showCard(_task: Task, card: Card): Promise<Sent> {
      const sent = await chat.script.card();
      if (sent.outcome === 'shown') chat.cards.push(card);
      return sent;
    },
    async send(_task: Task, message: Outgoing, ledger: Ledger): Promise<Sent> {
      chat.doubts.push(ledger.doubtful);
      const sent = await chat.script.send(message);
      if (sent.outcome === 'shown') {
        chat.shown.push(message);
        await ledger.record(message.kind, `message-${chat.shown.length}`);
      }
      return sent;
    },
  };
  return chat satisfies Messenger as Messenger & typeof chat;
}

/** Where what two people starred is shown, in the rig's world. */
export const GALLERY = { platform: 'test', chat: 'gallery' } as const;

/** A worker on a real store, with time, provider and chat in the test's hands. */
export async function createRig(
  options: {
    provider?: ReturnType<typeof scriptedProvider>;
    limits?: AdmissionLimits;
    motion?: number;
    /** Where another record than SQLite is meant; the rig closes it. */
    openStore?: (clock: Clock) => Promise<Store>;
  } = {},
) {
  const pending = createPending();
  const clock = manualClock(pending.settled);
  const dir = await mkdtemp(join(tmpdir(), 'kinora-test-'));
  const bare = await (options.openStore?.(clock) ?? openSqliteStore({ dir, clock }));
  const store: Store = pending.watch(bare);
  const provider = options.provider ?? scriptedProvider();
  const chat = scriptedChat();
  const errors: unknown[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void errors.push(JSON.parse(line)) });
  const workers: Worker[] = [];
  const admission = createAdmission({
    store,
    providers: [provider],
    limits: { allow: ['*'], ...options.limits },
    clock,
  });
  let people = 0;
  let keys = 0;
  let owners = 0;

  function startWorker(changes: Partial<WorkerDeps> = {}): Worker {
    const worker = createWorker({
      store,
      providers: [pending.watch(provider)],
      messengers: [pending.watch(chat)],
      fitPicture: async () => ({
        type: 'image/png',
        thumbnail: new Uint8Array(),
        original: LANDSCAPE,
        fitted: LANDSCAPE,
        notes: [],
      }),
      checkClip: async () => ({ outcome: 'playable', size: LANDSCAPE, durationMs: 5_000 }),
      clipEnds: plainClipEnds,
      limits: { queueMaxMs: 24 * 3_600_000, deadlineMs: 2 * 3_600_000 },
      clock,
      random: () => 0.5,
      utilization: IDLE,
      cardView: createCardView({ store, providers: [provider], actions }),
      log,
      owner: `worker-${owners++}`,
      ...changes,
    });
    // One with a clock of its own counts as dead: nobody waits for it.
    if (!changes.clock) workers.push(worker);
    worker.start();
    return worker;
  }

  /** As in the program: the worker that was started last has what is recorded. */
  const withRoom: WithRoom = (work) => workers.at(-1)?.withRoom(work) ?? work();
  const deps = {
    store,
    provider,
    admission,
    defaultFit: 'crop' as const,
    commands,
    actions,
    starsNeeded: 2,
    keepMs: 30 * 24 * 3_600_000,
    galleries: [GALLERY],
    publicUrl: 'https://kinora.example.org',
    withRoom,
  };
  return {
    ...deps,
    /** Where the record is, where that is SQLite. */
    dir,
    clock,
    chat,
    errors,
    startWorker,
    /** Somebody, by default new, asks for a clip. */
    async request(
      person = `person-${people++}`,
      key = `test:${person}:${keys++}`,
      picture?: RemotePicture,
      takes?: number,
    ): Promise<Reply> {
      await clock.advance(1);
      return animate(
        {
          requestKey: key,
          requester: { id: `test:${person}`, name: 'Anna' },
          place: { platform: 'test', chat: 'room' },
          locale: 'en',
          scene: 'waves roll in',
          options: { seed: 42, ...(options.motion === undefined ? {} : { motion: options.motion }) },
          picture: picture ?? (await tinyPng()),
          takes,
        },
        deps,
      );
    },
    /** A press under a task, by default by the person who asked for it, where it is. */
    press: async (
      { id: taskId, requester, place }: Task,
      action: string,
      { by = requester.id, key = `test:${action}`, ...more }: { by?: string; key?: string } & Partial<HeardPress> = {},
    ): Promise<Reply> =>
      press(
        {
          action,
          task: await store.tasks.get(taskId),
          origin: { requestKey: key, requester: { id: by, name: 'Anna' }, place, locale: 'en' },
          ...more,
        },
        deps,
      ),
    /** The same where nothing is in the way: the task. */
    async ask(person?: string, picture?: RemotePicture): Promise<Task> {
      const reply = await this.request(person, undefined, picture);
      if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
      return reply.task;
    },
    /** Somebody asks for several takes: all of them, the lead first. */
    async askTakes(
      takes: number,
      { person, picture }: { person?: string; picture?: RemotePicture } = {},
    ): Promise<Task[]> {
      const reply = await this.request(person, undefined, picture, takes);
      if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
      return takesOf(reply.task, { tasks: bare.tasks });
    },
    async task(id: string): Promise<Task> {
      const task = await store.tasks.get(id);
      if (!task) throw new Error(`no task ${id}`);
      return task;
    },
    async until(id: string, state: Task['state'], withinMs?: number): Promise<Task> {
      await clock.until(async () => (await bare.tasks.get(id))?.state === state, withinMs);
      return this.task(id);
    },
    async close() {
      const stopping = Promise.all(workers.map((worker) => worker.stop()));
      await clock.advance(60_000);
      await stopping;
      await bare.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
export type Rig = Awaited<ReturnType<typeof createRig>>;
