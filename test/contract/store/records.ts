import { expect, it } from 'vitest';
import type { Task } from '../../../src/task/task.ts';
import { type Context, claim, inState } from './context.ts';
import { ids, known, newTask } from './tools.ts';

/** What people may write. Bytes, quotes, operators and markup of every layer it passes. */
export const HOSTILE = [
  `'; DROP TABLE tasks; --`,
  `"quoted" \`and\` \\back\\slashed\\`,
  '{"$where":"sleep(1000)"}',
  '$where',
  '$ne',
  'a.b.$[].c',
  '../../etc/passwd',
  'nul\u0000in the middle',
  '\u0000',
  '🌊👩‍👩‍👧‍👦 ﷽ \u202eright to left\u202c',
  'line\nbreak\r\ttab',
  '%s %d {} {{7*7}} <@everyone> <b>&amp;</b>',
  '__proto__',
  'x'.repeat(200),
];

export function describeRecords(context: Context): void {
  it('a task that waits takes other words, and whoever had read it before decides nothing', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock, { scene: 'before' }));
    const held = await claim(store, task.id, 'one');
    const words = { scene: '{"$set": 1} after', options: { ...task.options, motion: 9, focus: { x: 0.1, y: 0.9 } } };
    expect(await store.tasks.reword(task.id, words, 'queued')).toBeUndefined();
    const reworded = known(await store.tasks.reword(task.id, words, 'received'));
    expect(reworded).toEqual({ ...held, ...words, version: held.version + 1, asked: held.asked + 1 });
    expect(await store.tasks.get(task.id)).toEqual(reworded);
    expect(await store.tasks.save({ ...held, state: 'queued' }, { owner: 'one' })).toBeUndefined();
    expect(await store.tasks.renew('one', [task.id])).toEqual([]);
    const again = await claim(store, task.id, 'two');
    const queued = known(await store.tasks.save({ ...again, state: 'queued' }, { owner: 'two' }));
    expect(queued).toMatchObject(words);
    expect(await store.tasks.reword(task.id, { ...words, scene: 'last' }, 'queued')).toMatchObject({ scene: 'last' });
    // Somebody is about to start it: it may be paid for with the words that were read.
    await store.tasks.claimStart('one', task.provider, 1);
    expect(await store.tasks.reword(task.id, words, 'queued')).toBeUndefined();
    expect(await store.tasks.get(task.id)).toMatchObject({ scene: 'last' });
  });

  it('a recorded task is received, due now, and comes back as it was told', async () => {
    const { store, clock } = context;
    const told = newTask(clock, {
      place: { platform: 'test', chat: 'c', thread: 't', message: 'm', uploadLimit: 10_000_000 },
      options: { motion: 10, seed: 4_294_967_295, duration: 10, fit: 'pad', focus: { x: 0.25, y: 1 }, spoiler: true },
    });
    const { task, created } = await store.tasks.insert(told);
    expect(created).toBe(true);
    expect(task).toEqual({
      ...told,
      state: 'received',
      attempts: [],
      polls: 0,
      tries: 0,
      at: { received: clock.now() },
      accepted: {},
      sent: {},
      requests: {},
      rank: task.rank,
      version: task.version,
      asked: 0,
    });
    expect(await store.tasks.get(task.id)).toEqual(task);
    expect(await store.tasks.byRequestKey(told.requestKey)).toEqual(task);
    expect(ids(await store.tasks.claimDue('one', 10))).toEqual([task.id]);
  });

  it('an option that was left out is left out when it comes back', async () => {
    const { store, clock } = context;
    const told = newTask(clock);
    const { task } = await store.tasks.insert({ ...told, options: { ...told.options, spoiler: undefined } });
    expect((await store.tasks.get(task.id))?.options).toEqual(told.options);
  });

  it('of many requests told at once, some of them twice, each makes one task', async () => {
    const { store, clock } = context;
    const earlier = await store.tasks.insert(newTask(clock, { requestKey: 'earlier' }));
    const keys = ['earlier', 'a', 'b', 'a', 'c', 'earlier', 'c'];
    const told = await Promise.all(keys.map((requestKey) => store.tasks.insert(newTask(clock, { requestKey }))));
    expect(told.map(({ task }) => task.requestKey)).toEqual(keys);
    expect(told.map(({ created }) => created)).toEqual([false, true, true, false, true, false, false]);
    expect(told[0]?.task).toEqual(earlier.task);
    expect(new Set(told.map(({ task }) => task.id)).size).toBe(4);
    for (const { task } of told) expect(await store.tasks.get(task.id)).toEqual(task);
  });

  it('the same insert tried again, as after an answer that was lost, is done once and says the same', async () => {
    const { store, clock } = context;
    const told = newTask(clock);
    const staged = await store.blobs.stage(told.id, 'upload', [Buffer.from('x')], { maxBytes: 10 });
    const first = await store.tasks.insert(told, staged);
    expect(await store.tasks.insert(told, staged)).toEqual(first);
    expect(await store.blobs.names(told.id)).toEqual(['upload']);
  });

  it('one that cannot be recorded spoils nothing for those that come with it', async () => {
    const { store, clock } = context;
    const told = await Promise.allSettled([
      store.tasks.insert(newTask(clock)),
      store.tasks.insert({ ...newTask(clock), id: 'no id' }),
      store.tasks.insert(newTask(clock)),
    ]);
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.tasks.conversation(newTask(clock).place, { limit: 10 })).toHaveLength(2);
  });

  it('a request told again makes no second task and changes nothing', async () => {
    const { store, clock } = context;
    const first = await store.tasks.insert(newTask(clock, { requestKey: 'same' }));
    clock.advance(1000);
    const again = await store.tasks.insert(newTask(clock, { requestKey: 'same', scene: 'another scene' }));
    expect(again).toEqual({ task: first.task, created: false });
    expect(await store.tasks.conversation(first.task.place, { limit: 10 })).toEqual([first.task]);
  });

  it('a request told many times at once makes one task, and everybody is told that one', async () => {
    const { store, clock } = context;
    const told = await Promise.all(
      Array.from({ length: 20 }, () => store.tasks.insert(newTask(clock, { requestKey: 'same' }))),
    );
    expect(told.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(told.map(({ task }) => task.id)).size).toBe(1);
  });

  it('a request told again once its task has moved on returns the task as it stands', async () => {
    const moved = await inState(context, 'rendering', { told: { requestKey: 'same' } });
    const again = await context.store.tasks.insert(newTask(context.clock, { requestKey: 'same' }));
    expect(again).toEqual({ task: moved, created: false });
  });

  it('what is not there is undefined', async () => {
    const { store } = context;
    const nobody = 'f'.repeat(24);
    expect(await store.tasks.get(nobody)).toBeUndefined();
    expect(await store.tasks.byRequestKey('nobody')).toBeUndefined();
    expect(await store.tasks.recordAccepted(nobody, 'a', 'job')).toBeUndefined();
    expect(await store.tasks.recordSent(nobody, 'card', 'm1')).toBeUndefined();
    expect(await store.tasks.ask(nobody, { type: 'cancel' })).toBeUndefined();
    await store.tasks.remove(nobody);
  });

  it('a task that could not be read back is refused', async () => {
    const { store, clock } = context;
    await expect(store.tasks.insert(newTask(clock, { id: '../x' }))).rejects.toThrow();
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    await expect(store.tasks.save({ ...claimed, progress: Number.NaN }, { owner: 'one' })).rejects.toThrow();
    expect(await store.tasks.get(task.id)).toEqual(claimed);
  });

  it.each(HOSTILE)('what people wrote is data: %j', async (text) => {
    const { store, clock } = context;
    const told = newTask(clock, {
      requestKey: text,
      requester: { id: text, name: text },
      place: { platform: 'test', chat: text, thread: text },
      scene: text.repeat(5),
    });
    const other = await store.tasks.insert(newTask(clock, { requestKey: `${text.slice(0, 100)} ` }));
    const { task, created } = await store.tasks.insert(told);
    expect(created && other.created).toBe(true);
    expect(task).toMatchObject(told);
    expect(await store.tasks.byRequestKey(text)).toEqual(task);
    expect(await store.tasks.conversation(told.place, { limit: 10 })).toEqual([task]);
    expect(await store.tasks.get(text)).toBeUndefined();

    const data = { text, nested: [{ $where: text, 'a.b': text }] };
    await store.drafts.put({ key: text, data });
    expect(await store.drafts.get(text)).toEqual({ key: text, data });
    expect(await store.drafts.get(`${text} `)).toBeUndefined();
    expect(await store.drafts.take(text)).toBe(true);
  });

  it('decisions of every kind come back as they were saved', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    const decided: Task = {
      ...claimed,
      state: 'failed',
      fitted: {
        original: { width: 4032, height: 3024 },
        fitted: { width: 1280, height: 720 },
        notes: [{ type: 'upright' }, { type: 'cropped', from: { width: 4032, height: 3024 } }],
        blob: 'upload',
        sha256: 'ab'.repeat(32),
        type: 'image/jpeg',
      },
      attempts: [{ id: 'a1', at: clock.now(), key: 'deadbeef', over: 'refused' }],
      progress: 0.25,
      polls: 7,
      tries: 2,
      clip: {
        blob: 'clip',
        bytes: 5,
        sha256: 'cd'.repeat(32),
        size: { width: 1280, height: 720 },
        durationMs: 5041.7,
      },
      failure: { type: 'bad-picture', picture: { type: 'heic' } },
      shown: 'rendering 25',
      at: { ...claimed.at, failed: clock.now() },
    };
    const saved = await store.tasks.save(decided, { owner: 'one' });
    expect(saved).toEqual({ ...decided, version: known(saved).version });
    expect(await store.tasks.get(task.id)).toEqual(saved);
  });

  it('what was fixed at insert, facts and requests are not touched by a decision', async () => {
    const { store, clock } = context;
    const { task } = await store.tasks.insert(newTask(clock));
    const claimed = await claim(store, task.id, 'one');
    const saved = await store.tasks.save(
      {
        ...claimed,
        scene: 'another',
        requestKey: 'another',
        rank: 1e6,
        asked: claimed.asked,
        accepted: { a: 'forged' },
        sent: { card: 'forged' },
        requests: { cancel: true },
      },
      { owner: 'one' },
    );
    expect(saved).toEqual({ ...claimed, version: known(saved).version });
  });

  it('a place sees its own tasks, newest first, page by page', async () => {
    const { store, clock } = context;
    const here = { platform: 'test', chat: 'here' };
    const expected: string[] = [];
    for (let i = 0; i < 7; i++) {
      // Two and two share an instant.
      if (i % 2 === 0) clock.advance(1000);
      expected.push((await store.tasks.insert(newTask(clock, { place: { ...here, thread: `${i}` } }))).task.id);
      await store.tasks.insert(newTask(clock, { place: { platform: 'test', chat: 'elsewhere' } }));
      await store.tasks.insert(newTask(clock, { place: { platform: 'other', chat: 'here' } }));
    }
    const whole = await store.tasks.conversation(here, { limit: 100 });
    expect(new Set(ids(whole))).toEqual(new Set(expected));
    const instants = whole.map((task) => task.at.received ?? 0);
    expect(instants).toEqual([...instants].sort((a, b) => b - a));

    for (const limit of [1, 2, 3, 7]) {
      const paged: Task[] = [];
      for (let page = await store.tasks.conversation(here, { limit }); page.length > 0; ) {
        expect(page.length).toBeLessThanOrEqual(limit);
        paged.push(...page);
        page = await store.tasks.conversation(here, { limit, before: known(page.at(-1)) });
      }
      expect(paged).toEqual(whole);
    }
  });

  it('pages stay where they are while tasks come and go', async () => {
    const { store, clock } = context;
    const place = { platform: 'test', chat: 'here' };
    for (let i = 0; i < 6; i++) await store.tasks.insert(newTask(clock, { place }));
    const whole = await store.tasks.conversation(place, { limit: 6 });
    const first = await store.tasks.conversation(place, { limit: 3 });
    const last = known(first.at(-1));
    clock.advance(1);
    await store.tasks.insert(newTask(clock, { place }));
    await store.tasks.remove(last.id);
    expect(ids(await store.tasks.conversation(place, { limit: 3, before: last }))).toEqual(ids(whole.slice(3)));
  });

  it('a removed task is gone with its blobs, and its request may be told again', async () => {
    const { store, clock } = context;
    const told = newTask(clock);
    await store.blobs.write(told.id, 'upload', [new Uint8Array([1, 2, 3])], { maxBytes: 10 });
    await store.tasks.insert(told);
    const claimed = await claim(store, told.id, 'one');
    await store.tasks.remove(told.id);
    expect(await store.tasks.get(told.id)).toBeUndefined();
    expect(await store.tasks.byRequestKey(told.requestKey)).toBeUndefined();
    expect(await store.tasks.conversation(told.place, { limit: 10 })).toEqual([]);
    expect(await store.blobs.stat(told.id, 'upload')).toBeUndefined();
    expect(await store.tasks.save(claimed, { owner: 'one' })).toBeUndefined();
    expect(await store.tasks.renew('one', [told.id])).toEqual([]);
    expect((await store.tasks.insert(newTask(clock, { requestKey: told.requestKey }))).created).toBe(true);
  });
}
