import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger, Outgoing, Sent } from '../../src/chat/chat.ts';
import type { Submitted, Verdict } from '../../src/providers/provider.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { CLIP_BLOBS } from '../../src/task/blob-names.ts';
import { readAll } from '../../src/util/read-all.ts';
import { spentSince } from '../contract/store/tools.ts';
import { manualClock } from '../helpers/clock.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});
const notices = () => rig.chat.shown.filter((m) => m.kind !== 'clip').map((m) => m.text);
function held<T>() {
  let give: (value: T) => void = () => {};
  const value = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { value, give };
}
const part = <T extends object>(of: T, over: Partial<T>): T =>
  new Proxy(of, { get: (t, n) => (n in over ? Reflect.get(over, n) : Reflect.get(t, n)) });

test('doubt about a clip survives a refusal', async () => {
  const answers: Sent[] = [
    { outcome: 'unknown', reason: 'time-out' },
    { outcome: 'retry', reason: '429 while looking for it', retryAfterMs: 2_000 },
  ];
  rig.chat.script.send = async () => answers.shift() ?? { outcome: 'shown' };
  rig.startWorker();
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  expect(rig.chat.doubts).toEqual([false, true, true]);
});

describe('cards', () => {
  /** An adapter as the port asks for: makes the card where the ledger has none. */
  function chatWithCards(first?: Promise<unknown>) {
    const made: boolean[] = [];
    const doubts: boolean[] = [];
    const chat = part(rig.chat, {
      async showCard(_t: unknown, _c: unknown, ledger: Ledger): Promise<Sent> {
        doubts.push(ledger.doubtful);
        if (ledger.sent.card === undefined) {
          made.push(ledger.doubtful);
          if (made.length === 1) await first;
          await ledger.record('card', `card-${made.length}`);
        }
        return { outcome: 'shown' };
      },
    } as never);
    return { chat, made, doubts };
  }
  test('one card is made although making it takes a moment', async () => {
    const slow = held<void>();
    const { chat, made } = chatWithCards(slow.value);
    rig.startWorker({ messengers: [chat] });
    const { id } = await rig.ask();
    await rig.until(id, 'rendering');
    slow.give();
    await rig.until(id, 'delivered');
    await rig.clock.advance(1_000);
    expect(made).toHaveLength(1);
  });
  test('also where the task ends while it is made', async () => {
    const slow = held<void>();
    const { chat, made } = chatWithCards(slow.value);
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
    rig.startWorker({ messengers: [chat] });
    const { id } = await rig.ask();
    await rig.until(id, 'failed');
    slow.give();
    await rig.clock.until(async () => (await rig.task(id)).shown !== undefined);
    expect(made).toHaveLength(1);
  });
  test('after an unknown outcome the card is looked for', async () => {
    const doubts: boolean[] = [];
    const chat = part(rig.chat, {
      async showCard(_t: unknown, _c: unknown, ledger: Ledger): Promise<Sent> {
        doubts.push(ledger.doubtful);
        return { outcome: 'unknown', reason: 'time-out' };
      },
    } as never);
    rig.provider.script.poll = async () => ({ outcome: 'rendering', progress: 0.2 });
    rig.startWorker({ messengers: [chat] });
    await rig.ask();
    await rig.clock.advance(20_000);
    expect(doubts.length).toBeGreaterThan(1);
    expect(doubts[1]).toBe(true);
  });
});

test('a store that stays gone while a job is to be recorded: a stop ends it', async () => {
  let calls = 0;
  const tasks = part(rig.store.tasks, {
    save: async (...call: Parameters<Store['tasks']['save']>) => {
      if (!call[1].facts?.accepted) return rig.store.tasks.save(...call);
      calls++;
      throw new StoreUnavailable('The disk is full.');
    },
  });
  const told: unknown[] = [];
  const worker = rig.startWorker({ store: part(rig.store, { tasks }), onStoreTrouble: (e) => told.push(e) });
  await rig.ask();
  await rig.clock.until(() => calls > 2);
  expect.soft(told.length, 'whoever runs it is told').toBeGreaterThan(0);
  const stopped = worker.stop();
  await rig.clock.advance(60_000);
  await stopped;
  const then = calls;
  await rig.clock.advance(600_000);
  expect(calls - then).toBe(0);
});

test('words that are changed at the very moment of a start leave no attempt that counts', async () => {
  let isReworded = false;
  const tasks = part(rig.store.tasks, {
    save: async (...call: Parameters<Store['tasks']['save']>) => {
      const [{ id, state, options }] = call;
      if (state === 'submitting' && !isReworded)
        isReworded = (await rig.store.tasks.reword(id, { scene: 'rain falls', options }, 'received')) !== undefined;
      return rig.store.tasks.save(...call);
    },
  });
  rig.startWorker({ store: part(rig.store, { tasks }) });
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  expect(isReworded).toBe(true);
  expect(rig.provider.submits.map(({ scene }) => scene)).toEqual(['rain falls']);
  expect(await spentSince(rig.store, 0)).toMatchObject({ clips: 1 });
});

test('a worker that stood still between the save and the send looks what another has sent meanwhile', async () => {
  let late = 0;
  const tasks = part(rig.store.tasks, {
    save: async (...call: Parameters<Store['tasks']['save']>) => {
      const saved = await rig.store.tasks.save(...call);
      if (saved?.state !== 'delivering' || late > 0) return saved;
      late = 40_000;
      await rig.store.tasks.recordSent(saved.id, 'clip', 'of another');
      return saved;
    },
  });
  const sent: (string | undefined)[] = [];
  const chat = part(rig.chat, {
    async send(_task: unknown, { kind }: Outgoing, ledger: Ledger): Promise<Sent> {
      sent.push(ledger.sent[kind]);
      return { outcome: 'shown' };
    },
  } as never);
  const clock = part(rig.clock, { now: () => rig.clock.now() + late });
  rig.startWorker({ store: part(rig.store, { tasks }), messengers: [chat], clock });
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  expect(sent).toEqual(['of another']);
});

test('a clip whose check could not be made is copied anew, and kept once', async () => {
  let checks = 0;
  rig.startWorker({
    checkClip: async () => {
      if (++checks === 1) throw new Error('no memory');
      return { outcome: 'playable', size: { width: 1280, height: 720 }, durationMs: 5_000 };
    },
  });
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  expect((await rig.store.blobs.names(id)).filter((name) => name.startsWith(CLIP_BLOBS))).toHaveLength(1);
});

test('a lost paid job does not hold its slot for ever', async () => {
  rig.provider.script.poll = async () => ({ outcome: 'lost' });
  rig.startWorker({ tickMs: 60_000 });
  const ids = [];
  for (let n = 0; n < 3; n++) ids.push((await rig.ask()).id);
  await rig.clock.advance(10_000);
  for (let h = 0; h < 72; h++) await rig.clock.advance(3_600_000);
  const states = await Promise.all(ids.map(async (id) => (await rig.task(id)).state));
  expect(states).not.toContain('rendering');
  expect(states).not.toContain('queued');
});

test('a free provider that throws in submit is given up', async () => {
  await rig.close();
  rig = await createRig({ provider: scriptedProvider({ paid: false, local: true }) });
  rig.provider.script.submit = async () => {
    await setImmediate();
    if (rig.provider.submits.length >= 400) return { outcome: 'accepted', jobId: 'x' };
    throw new RangeError('Beyond what the preview can do: scene.');
  };
  rig.startWorker();
  const { id } = await rig.ask();
  await rig.clock.until(async () => ['failed', 'delivered'].includes((await rig.task(id)).state));
  expect((await rig.task(id)).state).toBe('failed');
});

test('a queued task whose chat is not configured does not spin', async () => {
  rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'transient' }, retryAfterMs: 1 });
  const first = rig.startWorker();
  const { id } = await rig.ask();
  await rig.until(id, 'queued');
  const stopped = first.stop();
  await rig.clock.advance(10_000);
  await stopped;
  let claims = 0;
  const tasks = part(rig.store.tasks, {
    claimStart: async (...a: Parameters<Store['tasks']['claimStart']>) => {
      claims++;
      if (claims % 50 === 0) await setImmediate();
      return claims > 1_000 ? undefined : rig.store.tasks.claimStart(...a);
    },
  });
  rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'j' });
  rig.startWorker({ store: part(rig.store, { tasks }), messengers: [] });
  await rig.clock.advance(5_000);
  expect(claims).toBeLessThan(50);
});

test('blips do not use up the copies of a clip', async () => {
  let looks = 0;
  let checks = 0;
  rig.provider.script.poll = async (): Promise<Verdict> =>
    ++looks <= 6 ? { outcome: 'unreachable', reason: 'reset' } : succeeded();
  rig.startWorker({
    checkClip: async () =>
      ++checks === 1
        ? { outcome: 'unplayable', reason: 'cut off' }
        : { outcome: 'playable', size: { width: 1280, height: 720 }, durationMs: 5000 },
  });
  const { id } = await rig.ask();
  await rig.clock.until(async () => ['failed', 'delivered'].includes((await rig.task(id)).state));
  expect((await rig.task(id)).state).toBe('delivered');
});

test('a late copy does not replace the clip that was checked and shown', async () => {
  const slow = held<Uint8Array>();
  async function* late(): AsyncIterable<Uint8Array> {
    yield await slow.value;
  }
  const { provider } = rig;
  provider.script.poll = async () => ({ outcome: 'succeeded', open: async () => late() });
  const { id } = await rig.ask();
  // Paused from its first look on: it renews nothing. The stream is read outside of the watched store.
  const written = held<void>();
  const blobs = part(rig.store.blobs, {
    write: async (task, name, bytes, limits) => {
      const all: Uint8Array[] = [];
      for await (const chunk of bytes) all.push(chunk);
      const stored = await rig.store.blobs.write(task, name, all, limits);
      if (name.startsWith('clip-')) written.give();
      return stored;
    },
  });
  const local = part(provider, { capabilities: { ...provider.capabilities, local: true } });
  rig.startWorker({ clock: manualClock(async () => {}), providers: [local], store: part(rig.store, { blobs }) });
  await rig.clock.until(() => provider.polls.length === 1);
  provider.script.poll = async () => succeeded();
  rig.startWorker();
  const task = await rig.until(id, 'delivered');
  slow.give(Buffer.from('half'));
  await written.value;
  const bytes = await readAll(rig.store.blobs.read(id, task.clip?.blob ?? ''));
  expect(Buffer.from(bytes).toString()).toBe('a clip');
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(task.clip?.sha256);
});

test('a certain refusal stays one although the store hiccups afterwards', async () => {
  rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
  let once = true;
  const spend = part(rig.store.spend, {
    settle: async (...a: Parameters<Store['spend']['settle']>) => {
      if (once) {
        once = false;
        throw new StoreUnavailable('The disk is full.');
      }
      return rig.store.spend.settle(...a);
    },
  });
  rig.startWorker({ store: part(rig.store, { spend }) });
  const { id } = await rig.ask();
  await rig.clock.until(async () => ['failed', 'unconfirmed'].includes((await rig.task(id)).state));
  expect((await rig.task(id)).state).toBe('failed');
});

test('a picture that could not be read is no doubtful call', async () => {
  let reads = 0;
  const blobs = part(rig.store.blobs, {
    read: (task: string, name: string, range?: { start: number; end: number }) => {
      reads += 1;
      // To hand it over: here nothing is fitted.
      if (reads === 1) throw new StoreUnavailable('too many open files');
      return rig.store.blobs.read(task, name, range);
    },
  });
  rig.startWorker({ store: part(rig.store, { blobs }) });
  const { id } = await rig.ask();
  await rig.clock.until(async () => ['delivered', 'unconfirmed'].includes((await rig.task(id)).state));
  expect([(await rig.task(id)).state, rig.provider.submits.length, reads]).toEqual(['delivered', 1, 2]);
});

test('a chat adapter that throws does not turn doubt into "nothing was spent"', async () => {
  rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
  let throws = true;
  rig.chat.script.send = async (m) => {
    if (throws && m.kind.startsWith('notice-doubt')) throw new TypeError('a fault of ours');
    return { outcome: 'shown' };
  };
  rig.startWorker({ tickMs: 20_000 });
  const { id } = await rig.ask();
  const task = await rig.until(id, 'unconfirmed');
  await rig.clock.advance(1_200_000);
  throws = false;
  await rig.store.tasks.recordAccepted(id, task.attempts[0]?.id ?? '', 'job-late');
  await rig.clock.advance(120_000);
  expect.soft(notices().join()).not.toContain('Nothing was spent');
  expect((await rig.task(id)).state).toBe('delivered');
});

test('refusals do not use up the patience with one throw: the clip is kept trying', async () => {
  let n = 0;
  rig.chat.script.send = async (m) => {
    if (m.kind !== 'clip') return { outcome: 'shown' };
    n++;
    if (n <= 8) return { outcome: 'retry', reason: '429', retryAfterMs: 1_000 };
    if (n === 9) throw new TypeError('a fault of ours, once');
    return { outcome: 'shown' };
  };
  rig.startWorker();
  const { id } = await rig.ask();
  await rig.clock.until(async () => ['failed', 'delivered'].includes((await rig.task(id)).state));
  expect({ state: (await rig.task(id)).state, notices: notices() }).toEqual({ state: 'delivered', notices: [] });
});

test('a stop leaves the cards alone', async () => {
  Object.assign(rig.chat, { editMs: 30_000 });
  rig.provider.script.poll = async () => ({ outcome: 'rendering', progress: 0.3 });
  const worker = rig.startWorker();
  const { id } = await rig.ask();
  await rig.until(id, 'rendering');
  const stopped = worker.stop();
  await rig.clock.advance(5_000);
  await stopped;
  const shown = rig.chat.cards.length;
  await rig.clock.advance(60_000);
  expect(rig.chat.cards.length).toBe(shown);
});

test('no submit begins after a stop', async () => {
  const gate = held<void>();
  let isStarting = false;
  const spend = part(rig.store.spend, {
    open: async (...a: Parameters<Store['spend']['open']>) => {
      isStarting = true;
      await gate.value;
      return rig.store.spend.open(...a);
    },
  });
  const worker = rig.startWorker({ store: part(rig.store, { spend }) });
  await rig.ask();
  await rig.clock.until(() => isStarting);
  const stopped = worker.stop();
  gate.give();
  await rig.clock.advance(60_000);
  await stopped;
  expect(rig.provider.submits).toHaveLength(0);
});

test('a clip that is ours is delivered although its provider is configured no more', async () => {
  rig.chat.script.send = async () => ({ outcome: 'retry', reason: '500', retryAfterMs: 5_000 });
  const first = rig.startWorker();
  const { id } = await rig.ask();
  await rig.until(id, 'ready');
  const stopped = first.stop();
  await rig.clock.advance(10_000);
  await stopped;
  rig.chat.script.send = async () => ({ outcome: 'shown' });
  rig.startWorker({ providers: [] });
  await rig.clock.advance(600_000);
  expect((await rig.task(id)).state).toBe('delivered');
});

test('retry after 0 does not burn all tries at once', async () => {
  rig.chat.script.send = async (m) =>
    m.kind === 'clip' ? { outcome: 'retry', reason: '429', retryAfterMs: 0 } : { outcome: 'shown' };
  rig.startWorker();
  const { id } = await rig.ask();
  await rig.until(id, 'rendering');
  const before = rig.clock.now();
  await rig.until(id, 'failed');
  expect(rig.clock.now() - before).toBeGreaterThan(30_000);
});

test('a download that always breaks has an end', async () => {
  rig.provider.script.poll = async () => ({
    outcome: 'succeeded',
    open: async () => {
      throw new Error('403');
    },
  });
  rig.startWorker({ tickMs: 60_000 });
  const { id } = await rig.ask();
  for (let h = 0; h < 72; h++) await rig.clock.advance(3_600_000);
  expect((await rig.task(id)).state).toBe('failed');
});

test('a deleted task gets no card any more', async () => {
  const slow = held<Sent>();
  rig.chat.script.card = () => slow.value;
  rig.startWorker({ messengers: [rig.chat] });
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  await rig.store.tasks.remove(id);
  slow.give({ outcome: 'shown' });
  const shown = rig.chat.cards.length;
  await rig.clock.advance(1_000);
  expect(rig.chat.cards.slice(shown).filter((c) => c.status === 'Done')).toEqual([]);
});

test('a stop waits for a submit on the wire also after this process claimed its own task anew', async () => {
  const answer = held<Submitted>();
  rig.provider.script.submit = () => answer.value;
  const tasks = part(rig.store.tasks, {
    renew: async () => {
      throw new StoreUnavailable('The disk is full.');
    },
  });
  const worker = rig.startWorker({ providers: [rig.provider], store: part(rig.store, { tasks }) });
  const { id } = await rig.ask();
  await rig.clock.until(() => rig.provider.submits.length === 1);
  await rig.clock.advance(35_000);
  let done = false;
  const stopped = worker.stop().then(() => {
    done = true;
  });
  await rig.clock.advance(5_000);
  expect.soft(done, 'the answer is still to come').toBe(false);
  answer.give({ outcome: 'accepted', jobId: 'job-1' });
  await stopped;
  expect(Object.keys((await rig.task(id)).accepted)).toHaveLength(1);
});

test('a refusal with Retry-After 0 does not hammer the provider', async () => {
  rig.provider.script.submit = async () => {
    await setImmediate();
    if (rig.provider.submits.length >= 500) return { outcome: 'accepted', jobId: 'x' };
    return { outcome: 'refused', failure: { type: 'transient' }, retryAfterMs: 0 };
  };
  rig.startWorker();
  await rig.ask();
  await rig.clock.advance(5_000);
  expect(rig.provider.submits.length).toBeLessThan(10);
});

test('a picture that kills the process every time is given up', async () => {
  const { id } = await rig.ask();
  for (let crash = 0; crash < 750; crash++) {
    await rig.store.tasks.claimDue(`dead-${crash}`, 1);
    await rig.clock.advance(30_001);
  }
  let fitted = 0;
  rig.startWorker({
    fitPicture: async () => {
      fitted++;
      throw new Error('the process dies here');
    },
  });
  await rig.until(id, 'failed');
  expect(fitted).toBe(0);
});

test('an end whose adapter throws has an end', async () => {
  let sends = 0;
  rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
  rig.chat.script.send = async () => {
    sends++;
    throw new TypeError('a fault of ours');
  };
  rig.startWorker({ tickMs: 60_000 });
  const { id } = await rig.ask();
  await rig.until(id, 'failed');
  for (let h = 0; h < 48; h++) await rig.clock.advance(3_600_000);
  expect(sends).toBeLessThan(100);
});

test('an accepted job that cannot be put on record comes before anything else that this process does', async () => {
  const calls: string[] = [];
  let failures = 5;
  const tasks = part(rig.store.tasks, {
    save: (...call) => {
      if (call[1].facts?.accepted) {
        calls.push('accepted');
        if (failures-- > 0) return Promise.reject(new StoreUnavailable('the network is down'));
      }
      return rig.store.tasks.save(...call);
    },
    claimDue: (...call) => {
      calls.push('claim');
      return rig.store.tasks.claimDue(...call);
    },
  });
  rig.startWorker({ store: part(rig.store, { tasks }) });
  const { id } = await rig.ask();
  await rig.until(id, 'delivered');
  const first = calls.indexOf('accepted');
  const last = calls.lastIndexOf('accepted');
  expect(last - first).toBe(5);
  // One claim may have been under way.
  expect(calls.slice(first, last).filter((call) => call === 'claim').length).toBeLessThanOrEqual(1);
  expect(rig.provider.submits).toHaveLength(1);
});
