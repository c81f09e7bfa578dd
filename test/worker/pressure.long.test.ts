import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animate } from '../../commands/animate.ts';
import type { Sent } from '../../src/chat/chat.ts';
import type { Store } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig, scriptedChat, scriptedProvider } from '../helpers/rig.ts';

/** Steps that a process has under way at most. */
const MOST_RUNS = 32;
/** Of them with one service or one platform. */
const MOST_WITH_ONE = 24;
const TOO_MANY: Sent = { outcome: 'retry', reason: '429', retryAfterMs: 30_000, limited: 'flood' };
const MINUTE_MS = 60_000;

let rig: Rig;
let others: ReturnType<typeof scriptedChat>;
/** Tasks that the worker held leases of at once, at most. */
let mostHeld: number;

beforeEach(async () => {
  mostHeld = 0;
  rig = await createRig({ provider: scriptedProvider({ paid: false, concurrency: 100 }) });
  others = Object.assign(scriptedChat(), { platform: 'other' });
  // At once, so that time does not move meanwhile.
  const png = await tinyPng();
  for (const { script } of [rig.chat, others])
    script.open = async () => ({ outcome: 'open', bytes: Readable.from([png]) });
});
afterEach(() => rig.close());

/** The record, which counts what is held. */
function counting(store: Store): Store {
  const renew: Store['tasks']['renew'] = (owner, ids) => {
    mostHeld = Math.max(mostHeld, ids.length);
    return store.tasks.renew(owner, ids);
  };
  return { ...store, tasks: { ...store.tasks, renew } };
}

let asked = 0;
/** Somebody new asks there; by default elsewhere than all the others. */
async function ask({ platform = 'other', ...more }: { platform?: string; ref?: string } = {}): Promise<Task> {
  const n = asked++;
  const reply = await animate(
    {
      requestKey: `${platform}:${n}`,
      requester: { id: `${platform}:${n}`, name: 'Bea' },
      place: { platform, chat: 'elsewhere' },
      locale: 'en',
      scene: 'waves roll in',
      options: { seed: 42 },
      picture: { ref: `picture ${n}`, declared: {} },
      ...more,
    },
    rig,
  );
  if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
  return reply.task;
}

const many = async (count: number, platform: string): Promise<Task[]> => {
  const tasks: Task[] = [];
  for (let n = 0; n < count; n++) tasks.push(await ask({ platform }));
  return tasks;
};
const statesOf = async (tasks: Task[]): Promise<string[]> =>
  Promise.all(tasks.map(async ({ id }) => (await rig.task(id)).state));

/** Moves time until all are in one of these states. */
async function untilAll(tasks: Task[], states: Task['state'][], withinMs: number): Promise<void> {
  for (const end = rig.clock.now() + withinMs; ; await rig.clock.advance(10_000)) {
    const found = await statesOf(tasks);
    if (found.every((state) => states.some((each) => each === state))) return;
    if (rig.clock.now() > end) throw new Error(`still ${[...new Set(found)]} after ${withinMs} ms`);
  }
}

/** A clip of somebody who waits for nothing: each part of its way takes moments. */
async function goesThrough({ id }: Task): Promise<void> {
  await rig.clock.advance(5_000);
  expect(await rig.task(id)).toMatchObject({ state: 'rendering' });
  // As its service calls back.
  await rig.store.tasks.ask(id, { type: 'wake' });
  await rig.clock.advance(5_000);
  expect(await rig.task(id)).toMatchObject({ state: 'delivered' });
}

describe('a platform that says 429 to everything for two hours', () => {
  test('costs no request and no clip, holds up no other platform, and each comes once when it ends', async () => {
    const { chat, clock } = rig;
    // Some have their clips ready, of others not even the picture could be fetched.
    const ready = await many(40, 'test');
    let calls = 0;
    const refuse = async (): Promise<Sent> => {
      calls++;
      return TOO_MANY;
    };
    Object.assign(chat.script, { send: refuse, card: refuse });
    rig.startWorker({ store: counting(rig.store), messengers: [chat, others] });
    await untilAll(ready, ['ready'], 5 * MINUTE_MS);
    const { open } = chat.script;
    chat.script.open = async () => ({ outcome: 'later', reason: '429', retryAfterMs: 30_000, limited: 'flood' });
    const unfetched = await many(40, 'test');
    await clock.advance(60 * MINUTE_MS);
    await goesThrough(await ask());
    await clock.advance(60 * MINUTE_MS);
    expect(new Set(await statesOf(ready))).toEqual(new Set(['ready']));
    expect(new Set(await statesOf(unfetched))).toEqual(new Set(['received']));
    // The longer it goes on the less often it is asked: for 80 cards and 40 clips.
    const soFar = calls;
    await clock.advance(10 * MINUTE_MS);
    expect(calls - soFar).toBeLessThan(300);

    const shows = async (): Promise<Sent> => ({ outcome: 'shown' });
    Object.assign(chat.script, { send: shows, card: shows, open });
    const all = [...ready, ...unfetched];
    await untilAll(all, ['delivered'], 30 * MINUTE_MS);
    expect(chat.shown.filter(({ kind }) => kind === 'clip')).toHaveLength(all.length);
    // A card says how its task stands now, and nothing of what it might have said meanwhile.
    const cardsOf = ({ id }: Task) => chat.cards.filter(({ taskId }) => taskId === id);
    for (const task of ready) expect(cardsOf(task).length).toBeLessThanOrEqual(2);
    expect(mostHeld).toBeLessThanOrEqual(MOST_RUNS);
  });

  test('and then takes its time for each: who comes in the end has waited, and is not told that it failed', async () => {
    const { chat, clock } = rig;
    let turns = 0;
    // One a second passes, as in a channel where many wait.
    chat.script.send = async () => {
      const now = Math.floor(clock.now() / 1_000);
      if (turns >= now) return { outcome: 'retry', reason: 'its turn', retryAfterMs: 2_000, limited: 'turn' };
      turns = now;
      return { outcome: 'shown' };
    };
    rig.startWorker({ messengers: [chat] });
    const all = await many(120, 'test');
    await untilAll(all, ['delivered'], 20 * MINUTE_MS);
    expect(chat.shown.filter(({ kind }) => kind === 'clip')).toHaveLength(all.length);
  });
});

describe('what answers nobody leaves room for the others', () => {
  test('a platform whose calls hang, also where several bots are there', async () => {
    const { chat, clock, store } = rig;
    let open = 0;
    let most = 0;
    const hanging = Object.assign({}, chat, {
      async send(): Promise<Sent> {
        most = Math.max(most, ++open);
        await clock.sleep(15_000);
        open--;
        return { outcome: 'retry', reason: 'no answer' };
      },
    });
    const another = Object.assign({}, hanging, { platform: 'test-2' });
    rig.startWorker({ store: counting(store), messengers: [hanging, another, others] });
    const stuck = [...(await many(50, 'test')), ...(await many(50, 'test-2'))];
    await clock.advance(2 * MINUTE_MS);
    await goesThrough(await ask());
    expect(most).toBe(MOST_WITH_ONE);
    expect(mostHeld).toBeLessThanOrEqual(MOST_RUNS);
    expect((await statesOf(stuck)).filter((state) => state === 'failed')).toEqual([]);
    expect(chat.shown).toEqual([]);
  });

  test('a service that takes half a minute for each submit, and for each look', async () => {
    const { clock, provider, store } = rig;
    let open = 0;
    let most = 0;
    const slowly = async <T>(answer: () => Promise<T>): Promise<T> => {
      most = Math.max(most, ++open);
      await clock.sleep(30_000);
      open--;
      return answer();
    };
    const slow = Object.assign(scriptedProvider({ paid: false, concurrency: 100 }), { name: 'slow' });
    const { submit, poll } = slow;
    const service = Object.assign({}, slow, {
      submit: (input: Parameters<typeof submit>[0]) => slowly(() => submit(input)),
      poll: (...how: Parameters<typeof poll>) => slowly(() => poll(...how)),
    });
    rig.startWorker({ store: counting(store), messengers: [rig.chat], providers: [service, provider] });
    rig.provider = service;
    const waiting = await many(200, 'test');
    await clock.advance(3 * MINUTE_MS);
    rig.provider = provider;
    await goesThrough(await ask({ platform: 'test' }));
    expect(most).toBe(MOST_WITH_ONE);
    expect(mostHeld).toBeLessThanOrEqual(MOST_RUNS);
    // The rest waits on record, and its people see that.
    const states = await statesOf(waiting);
    expect(states.filter((state) => state === 'queued').length).toBeGreaterThan(20);
    expect(states.filter((state) => state === 'delivered').length).toBeGreaterThan(20);
    const waits = waiting.find((_, n) => states[n] === 'queued');
    expect(rig.chat.cards.findLast(({ taskId }) => taskId === waits?.id)?.status).toMatch(/^Queued/);
  });
});
