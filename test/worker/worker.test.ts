import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sent } from '../../src/chat/chat.ts';
import { wakeWaiting } from '../../src/chat/kit/wake-waiting.ts';
import { outageOf } from '../../src/providers/key-parking.ts';
import type { Submitted, Verdict } from '../../src/providers/provider.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { newTask } from '../contract/store/tools.ts';
import { manualClock } from '../helpers/clock.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

const clips = () => rig.chat.shown.filter((message) => message.kind === 'clip');
const notices = () => rig.chat.shown.filter((message) => message.kind !== 'clip').map((message) => message.text);
const stop = (task: Task) => rig.press(task, 'cancel');
const never = new Promise<never>(() => {});
const rendering = async (): Promise<Verdict> => ({ outcome: 'rendering', progress: 0.5 });

/** A worker that gets no further and renews nothing, as if its machine had been paused: its own time stands still. */
const pausedWorker = () => rig.startWorker({ clock: manualClock(async () => {}) });

/** An answer that comes when the test says so. */
function held<T>() {
  let give: (value: T) => void = () => {};
  const value = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { value, give };
}

describe('a request that goes well', () => {
  test('goes from the picture to the clip, each step on record', async () => {
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'delivered');
    await rig.clock.until(async () => (await rig.task(id)).shown !== undefined);
    expect(Object.keys(task.at)).toEqual(
      expect.arrayContaining(['received', 'queued', 'submitting', 'rendering', 'ready', 'delivering', 'delivered']),
    );
    expect(rig.provider.submits).toHaveLength(1);
    expect(rig.provider.submits[0]).toMatchObject({ scene: 'waves roll in', seed: 42, motion: 5, duration: 5 });
    expect(clips()).toHaveLength(1);
    expect(rig.chat.cards.at(-1)?.status).toBe('Done');
    expect(rig.errors).toEqual([]);
  });

  test('is told where the provider can make nothing of the motion asked for', async () => {
    await rig.close();
    rig = await createRig({ provider: scriptedProvider({ ignoresMotion: true }), motion: 9 });
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'delivered');
    expect(rig.chat.cards.at(-1)?.facts).toContain('motion is up to the service');
  });

  test('has its first card at once, also while everything that this process can do is under way', async () => {
    // Pictures that do not come, in every run that one platform may have.
    rig.chat.script.open = async (signal) => {
      await rig.clock.sleep(3_600_000, signal);
      return { outcome: 'gone', reason: 'it never came' };
    };
    // Nobody waits for this chat, for it is busy all the while.
    const worker = rig.startWorker({ messengers: [rig.chat] });
    const remote = { ref: 'somewhere', declared: {} };
    for (let n = 0; n < 40; n++) await rig.ask(undefined, remote);
    await rig.clock.until(async () => rig.chat.opened.length === 24);
    const late = await rig.ask(undefined, remote);
    worker.wake(late);
    await rig.clock.until(async () => rig.chat.cards.some(({ taskId }) => taskId === late.id));
    expect(rig.chat.opened).toHaveLength(24);
  });

  test('is left alone for good afterwards', async () => {
    rig.startWorker({ tickMs: 20_000 });
    const { id } = await rig.ask();
    await rig.until(id, 'delivered');
    await rig.clock.advance(1_000);
    const { version } = await rig.task(id);
    await rig.clock.advance(24 * 3_600_000);
    expect((await rig.task(id)).version).toBe(version);
  });

  test('never has more jobs at the provider than it takes at once, and tells the others their place', async () => {
    rig.provider.script.poll = rendering;
    rig.startWorker();
    for (let n = 0; n < 5; n++) await rig.ask();
    await rig.clock.advance(30_000);
    expect(rig.provider.submits).toHaveLength(2);
    const latest = new Map(rig.chat.cards.map((card) => [card.taskId, card.status]));
    expect([...latest.values()].filter((status) => status.startsWith('Queued')).sort()).toEqual([
      'Queued (2nd)',
      'Queued (3rd)',
      'Queued, next in turn',
    ]);
  });
});

describe('a submit whose outcome nobody knows', () => {
  beforeEach(() => {
    rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
  });

  test('is never repeated by itself: after two minutes the person is asked', async () => {
    rig.startWorker({ tickMs: 20_000 });
    const { id } = await rig.ask();
    await rig.until(id, 'unconfirmed');
    await rig.clock.advance(110_000);
    expect(notices()).toEqual([]);
    await rig.clock.advance(40_000);
    expect(notices()).toEqual([expect.stringContaining('may cost a second credit')]);
    await rig.clock.advance(23 * 3_600_000);
    expect(rig.provider.submits).toHaveLength(1);
    expect(notices()).toHaveLength(1);
  });

  test('ends in words after a day', async () => {
    rig.startWorker({ tickMs: 20_000 });
    const { id } = await rig.ask();
    await rig.until(id, 'unconfirmed');
    await rig.clock.advance(25 * 3_600_000);
    expect((await rig.task(id)).failure).toEqual({ type: 'doubt' });
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('is made again on a person’s word, and an answer to an earlier question counts for nothing', async () => {
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'unconfirmed');
    await rig.store.tasks.ask(id, { type: 'answer', attempt: 'another', choice: 'retry' });
    await rig.clock.advance(5_000);
    expect(rig.provider.submits).toHaveLength(1);
    rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job-2' });
    await rig.store.tasks.ask(id, { type: 'answer', attempt: task.attempts[0]?.id ?? '', choice: 'retry' });
    await rig.until(id, 'delivered');
    expect(rig.provider.submits).toHaveLength(2);
    expect(clips()).toHaveLength(1);
  });

  test('holds no slot while it waits', async () => {
    rig.startWorker();
    for (let n = 0; n < 4; n++) await rig.ask();
    await rig.clock.advance(10_000);
    expect(rig.provider.submits).toHaveLength(4);
  });

  test.each([
    ['while it waits', 0],
    ['after a day ended it', 25 * 3_600_000],
  ])('heals by a job id that comes to light %s', async (_when, ms) => {
    rig.startWorker({ tickMs: 20_000 });
    const { id } = await rig.ask();
    const task = await rig.until(id, 'unconfirmed');
    await rig.clock.advance(ms);
    await rig.store.tasks.recordAccepted(id, task.attempts[0]?.id ?? '', 'job-late');
    await rig.until(id, 'delivered');
    expect(rig.provider.polls).toContain('job-late');
    expect(rig.provider.submits).toHaveLength(1);
    expect((await rig.task(id)).failure).toBeUndefined();
  });

  test('and one that was made again: both jobs are polled, the first clip is delivered, once', async () => {
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'unconfirmed');
    rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job-second' });
    let looks = 0;
    rig.provider.script.poll = async (jobId) =>
      jobId === 'job-first' && ++looks > 2 ? succeeded() : { outcome: 'rendering' };
    await rig.store.tasks.ask(id, { type: 'answer', attempt: task.attempts[0]?.id ?? '', choice: 'retry' });
    await rig.until(id, 'rendering');
    await rig.store.tasks.recordAccepted(id, task.attempts[0]?.id ?? '', 'job-first');
    await rig.until(id, 'delivered');
    expect(new Set(rig.provider.polls)).toEqual(new Set(['job-first', 'job-second']));
    expect(clips()).toHaveLength(1);
  });
});

describe('a worker that dies or is paused', () => {
  test('with a submit on the wire leaves doubt, not a second submit; its answer is kept when it comes, its decision is not', async () => {
    const answer = held<Submitted>();
    rig.provider.script.submit = () => answer.value;
    // Not watched: the test's clock must move on while this call hangs.
    const { provider } = rig;
    const { id } = await rig.ask();
    rig.startWorker({ clock: manualClock(async () => {}), providers: [provider] });
    await rig.clock.until(() => provider.submits.length === 1);
    rig.provider.script.poll = rendering;
    rig.startWorker();
    await rig.until(id, 'unconfirmed');
    const { version } = await rig.task(id);
    answer.give({ outcome: 'accepted', jobId: 'job-1' });
    await rig.until(id, 'rendering');
    expect(provider.submits).toHaveLength(1);
    expect((await rig.task(id)).version).toBeGreaterThan(version);
    provider.script.poll = async () => succeeded();
    await rig.until(id, 'delivered');
    expect(clips()).toHaveLength(1);
  });

  test('with a free submit on the wire: it is simply made again', async () => {
    await rig.close();
    rig = await createRig({ provider: scriptedProvider({ paid: false }) });
    rig.provider.script.submit = () => never;
    const { id } = await rig.ask();
    rig.startWorker({ clock: manualClock(async () => {}), providers: [rig.provider] });
    await rig.clock.until(() => rig.provider.submits.length === 1);
    rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job-2' });
    rig.startWorker();
    await rig.until(id, 'delivered');
    expect(rig.provider.submits).toHaveLength(2);
  });

  test('between sending the clip and saving so: the next one looks before it sends', async () => {
    await rig.close();
    rig = await createRig({ provider: scriptedProvider({ paid: false, local: true }) });
    rig.chat.script.send = () => never;
    const { id } = await rig.ask();
    // Local: this worker takes the task through to the end without letting go of it.
    const { provider } = rig;
    rig.startWorker({ clock: manualClock(async () => {}), providers: [provider], messengers: [rig.chat] });
    await rig.clock.until(() => rig.chat.doubts.length === 1);
    rig.chat.script.send = async () => ({ outcome: 'shown' });
    rig.startWorker();
    await rig.until(id, 'delivered');
    expect(rig.chat.doubts).toEqual([false, true]);
    expect(clips()).toHaveLength(1);
  });

  test('while it only waits: another takes over within a lease', async () => {
    rig.provider.script.poll = rendering;
    const { id } = await rig.ask();
    pausedWorker();
    await rig.until(id, 'rendering');
    rig.startWorker();
    await rig.clock.until(() => rig.provider.polls.length > 0, 31_000);
    expect(rig.provider.submits).toHaveLength(1);
  });
});

describe('a provider that says no', () => {
  test('for a while: the provider is left alone, the task keeps its turn, and nobody is asked anything', async () => {
    const answers: Submitted[] = [
      { outcome: 'refused', failure: { type: 'transient' }, retryAfterMs: 60_000 },
      { outcome: 'accepted', jobId: 'job-1' },
    ];
    rig.provider.script.submit = async () => answers.shift() ?? { outcome: 'unknown', reason: 'asked once more' };
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.clock.advance(55_000);
    expect(rig.provider.submits).toHaveLength(1);
    expect((await rig.task(id)).state).toBe('queued');
    await rig.until(id, 'delivered');
    expect(rig.provider.submits).toHaveLength(2);
    expect(notices()).toEqual([]);
  });

  test('and cannot be reached: the card says so until it answers, and never that it is a queue', async () => {
    const unreachable: Submitted = { outcome: 'refused', failure: { type: 'transient', why: 'unreachable' } };
    const answers = Array<Submitted>(4).fill(unreachable);
    rig.provider.script.submit = async () => answers.shift() ?? { outcome: 'accepted', jobId: 'job-1' };
    rig.startWorker();
    const [first, second] = [await rig.ask(), await rig.ask()];
    await rig.until(first.id, 'delivered', 600_000);
    await rig.until(second.id, 'delivered', 600_000);
    for (const { id } of [first, second]) {
      const said = rig.chat.cards.filter(({ taskId }) => taskId === id).map(({ status }) => status);
      const outage = said.filter((status) => status.startsWith('The service cannot be reached. It is tried again'));
      expect(outage.length).toBeGreaterThan(0);
      const last = said.lastIndexOf(outage.at(-1) ?? '');
      expect(said.slice(said.indexOf(outage[0] ?? ''), last)).toEqual(outage.slice(0, -1));
    }
    expect(await outageOf(rig.provider, rig.store.cooldowns)).toBeUndefined();
  });

  test.each([
    ['bad-input', 'did not accept this request'],
    ['moderation', 'content rules'],
  ] as const)('to the request (%s): it ends at once, in words', async (failure, words) => {
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: failure } });
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'failed');
    await rig.clock.until(() => notices().length > 0);
    expect(notices()).toEqual([expect.stringContaining(words)]);
    expect(notices()[0]).not.toContain(id.slice(-8));
  });

  test.each([
    ['shown', 'That did not work.'],
    ['impossible', undefined],
  ] as const)('is said once where the card stays: that is %s, and beside it %s', async (outcome, brief) => {
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'bad-input' } });
    rig.chat.script.card = async () => (outcome === 'shown' ? { outcome } : { outcome, reason: 'edits are refused' });
    const chat = Object.assign(rig.chat, { failsOnCard: true });
    rig.startWorker({ messengers: [chat] });
    await rig.ask();
    await rig.clock.until(() => notices().length > 0);
    expect(rig.chat.shown).toMatchObject([{ text: expect.stringContaining('did not accept'), brief }]);
    expect(rig.chat.cards.at(-1)?.state).toBe(outcome === 'shown' ? 'failed' : undefined);
  });

  test('after accepting: its verdict ends the task, and nothing is submitted again', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'failed', failure: { type: 'try-another' } });
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'failed');
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('after accepting: its provider is told what no reason may quote', async () => {
    const scenes: unknown[] = [];
    rig.provider.script.poll = async (_job, scene) => {
      scenes.push(scene);
      return { outcome: 'failed', failure: { type: 'try-another' } };
    };
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'failed');
    expect(scenes).toEqual([task.scene]);
  });

  test('or cannot be reached while it renders: no blip ends a paid job', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: 'reset' });
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'rendering');
    await rig.clock.advance(1_800_000);
    expect((await rig.task(id)).state).toBe('rendering');
    rig.provider.script.poll = async () => succeeded();
    await rig.until(id, 'delivered');
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('a clip whose download breaks is asked for again', async () => {
    let downloads = 0;
    async function* broken(): AsyncIterable<Uint8Array> {
      yield Buffer.from('half a cl');
      if (++downloads < 3) throw new Error('reset');
      yield Buffer.from('ip');
    }
    rig.provider.script.poll = async () => ({ outcome: 'succeeded', open: async () => broken() });
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'delivered');
    expect(task.clip?.bytes).toBe('half a clip'.length);
    expect(downloads).toBe(3);
  });

  test('a clip that cannot be played is given up after five copies', async () => {
    rig.startWorker({ checkClip: async () => ({ outcome: 'unplayable', reason: 'no video track' }) });
    const { id } = await rig.ask();
    await rig.until(id, 'failed');
    expect(rig.provider.polls).toHaveLength(5);
    expect(clips()).toEqual([]);
  });
});

describe('a person who cancels', () => {
  test('a task that waits: it is never submitted', async () => {
    const task = await rig.ask();
    await stop(task);
    rig.startWorker();
    await rig.until(task.id, 'cancelled');
    expect(rig.provider.submits).toEqual([]);
  });

  test('while the picture is fetched and made to fit: it is never submitted', async () => {
    const size = { width: 1280, height: 720 };
    const fit = held<void>();
    let fits = 0;
    rig.startWorker({
      fitPicture: async () => {
        fits++;
        await fit.value;
        return { type: 'image/png', thumbnail: new Uint8Array(), original: size, fitted: size, notes: [] };
      },
    });
    const task = await rig.ask('anna', { ref: 'https://pictures.example/photo.png', declared: {} });
    await rig.clock.until(() => fits === 1);
    await stop(task);
    fit.give();
    await rig.until(task.id, 'cancelled');
    expect(rig.provider.submits).toEqual([]);
  });

  test('a job that renders: it is looked at once more and stopped upstream', async () => {
    rig.provider.script.poll = rendering;
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'rendering');
    const polls = rig.provider.polls.length;
    await stop(task);
    await rig.until(task.id, 'cancelled');
    expect(rig.provider.polls.length).toBeGreaterThan(polls);
    expect(rig.provider.cancels).toEqual(['job-1']);
  });

  test('a job that has just finished: the clip is delivered', async () => {
    rig.provider.script.poll = rendering;
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'rendering');
    rig.provider.script.poll = async () => succeeded();
    await stop(task);
    await rig.until(task.id, 'delivered');
    expect(rig.provider.cancels).toEqual([]);
  });

  test('while a look at the job is on the wire: the next step comes at once', async () => {
    const look = held<Verdict>();
    rig.provider.script.poll = () => look.value;
    rig.startWorker({ providers: [rig.provider] });
    const task = await rig.ask();
    await rig.clock.until(() => rig.provider.polls.length === 1);
    await stop(task);
    rig.provider.script.poll = rendering;
    const before = rig.clock.now();
    look.give({ outcome: 'rendering' });
    await rig.until(task.id, 'cancelled');
    expect(rig.clock.now() - before).toBeLessThan(rig.provider.capabilities.minPollMs);
  });

  test('a doubtful submit: it is left alone, and a job that comes to light is still delivered', async () => {
    rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
    rig.startWorker();
    const task = await rig.ask();
    const { attempts } = await rig.until(task.id, 'unconfirmed');
    await stop(task);
    await rig.until(task.id, 'failed');
    await rig.store.tasks.recordAccepted(task.id, attempts[0]?.id ?? '', 'job-late');
    await rig.until(task.id, 'delivered');
    expect(rig.provider.polls).toContain('job-late');
  });

  test('what is done: it is too late, and said so', async () => {
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'delivered');
    expect(await stop(task)).toEqual({ type: 'refused', text: expect.stringContaining('already done') });
  });

  test('what somebody else asked for: it is refused', async () => {
    const task = await rig.ask();
    expect(await rig.press(task, 'cancel', { by: 'test:mallory' })).toMatchObject({ type: 'refused' });
    expect((await rig.task(task.id)).requests.cancel).toBeUndefined();
  });
});

describe('a chat that does not take the clip', () => {
  test('for a while: it is sent when the chat said so', async () => {
    const answers: Sent[] = [{ outcome: 'retry', reason: '429', retryAfterMs: 30_000 }, { outcome: 'shown' }];
    rig.chat.script.send = async () => answers.shift() ?? { outcome: 'shown' };
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.clock.until(() => rig.chat.doubts.length === 1);
    await rig.clock.advance(28_000);
    expect(rig.chat.doubts).toHaveLength(1);
    await rig.until(id, 'delivered');
    expect(rig.chat.doubts).toEqual([false, false]);
  });

  test('or does not answer: the next try looks for it first', async () => {
    const answers: Sent[] = [{ outcome: 'unknown', reason: 'time-out' }];
    rig.chat.script.send = async () => answers.shift() ?? { outcome: 'shown' };
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'delivered');
    expect(rig.chat.doubts).toEqual([false, true]);
  });

  test('and never will: the task ends in words, the clip is kept', async () => {
    rig.chat.script.send = async (message) =>
      message.kind === 'clip' ? { outcome: 'impossible', reason: 'kicked' } : { outcome: 'shown' };
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'failed');
    expect(task.failure).toEqual({ type: 'undeliverable' });
    expect(await rig.store.blobs.stat(id, task.clip?.blob ?? '')).toBeDefined();
    await rig.clock.until(() => notices().length === 1);
  });

  test('and never will, but the bot has an address: the clip is there, and its person is told', async () => {
    rig.chat.script.send = async (message) =>
      message.kind === 'clip' ? { outcome: 'impossible', reason: 'too large' } : { outcome: 'shown' };
    rig.startWorker({ publicUrl: 'https://kinora.example.org' });
    const { id } = await rig.ask();
    const task = await rig.until(id, 'delivered');
    const [notice, ...others] = rig.chat.shown;
    expect(others).toEqual([]);
    const token = /https:\/\/kinora\.example\.org\/c\/(\S+)$/.exec(notice?.text ?? '')?.[1] ?? '';
    expect(await rig.store.links.find(token)).toBe(task.id);
    expect(notice?.buttons.map(({ action }) => action)).toContain('again');
  });

  describe('and takes nothing now, nor does its person', () => {
    const SHUT: Sent = { outcome: 'shut', reason: 'home: 403; direct: 50007' };
    const untilShut = async (tickMs = 300_000) => {
      rig.chat.script.send = async () => SHUT;
      rig.startWorker({ tickMs });
      const { id } = await rig.ask();
      await rig.clock.until(() => rig.errors.length > 0, 10 * tickMs);
      return id;
    };

    test('the clip waits, and the operator hears both reasons once', async () => {
      const id = await untilShut();
      await rig.clock.advance(24 * 3_600_000);
      expect((await rig.task(id)).state).toBe('ready');
      expect(rig.errors).toMatchObject([{ task: id, reason: SHUT.reason }]);
      expect(rig.chat.doubts.length).toBeLessThan(45);
      rig.chat.script.send = async () => ({ outcome: 'shown' });
      await rig.until(id, 'delivered', 4_000_000);
      expect(clips()).toHaveLength(1);
    });

    test('it comes as soon as a door opens, also where that stumbles at first', async () => {
      const id = await untilShut();
      await rig.clock.advance(12 * 3_600_000);
      const answers: Sent[] = [{ outcome: 'retry', reason: '429' }];
      rig.chat.script.send = async () => answers.shift() ?? { outcome: 'shown' };
      await wakeWaiting('test', { chat: 'room' }, { store: rig.store, wake: () => {} });
      await rig.until(id, 'delivered', 1_200_000);
    });

    test('after a week it ends, and the clip is kept', async () => {
      const id = await untilShut(1_800_000);
      // The record is asked once the week is over: at each look in it that would take as long as all of them.
      await rig.clock.advance(8 * 24 * 3_600_000);
      const task = await rig.task(id);
      expect(task.state).toBe('failed');
      expect(task.failure).toEqual({ type: 'undeliverable' });
    });

    test('what is said of an older clip waits as well: who looks after the chat hears that it was reported', async () => {
      rig.startWorker({ tickMs: 1_800_000 });
      const { id } = await rig.ask();
      await rig.until(id, 'delivered', 6 * 3_600_000);
      await rig.clock.advance(8 * 24 * 3_600_000);
      const answers: Sent[] = [{ outcome: 'retry', reason: 'its turn', retryAfterMs: 2_000, limited: 'turn' }, SHUT];
      rig.chat.script.send = async () => answers.shift() ?? { outcome: 'shown' };
      await rig.store.tasks.ask(id, { type: 'report' });
      await rig.clock.until(() => notices().length === 1, 6 * 3_600_000);
    });

    test('of a failure the card shows what it can, and the words wait as well', async () => {
      rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'bad-input' } });
      const id = await untilShut();
      await rig.clock.until(() => rig.chat.cards.at(-1)?.state === 'failed');
      await rig.clock.advance(2 * 3_600_000);
      expect(notices()).toEqual([]);
      rig.chat.script.send = async () => ({ outcome: 'shown' });
      await rig.clock.until(() => notices().length === 1, 4_000_000);
      expect((await rig.task(id)).state).toBe('failed');
      expect(rig.chat.cards.filter(({ state }) => state === 'failed')).toHaveLength(1);
    });
  });

  test('and whose card is slow never delays the clip', async () => {
    const edit = held<Sent>();
    rig.chat.script.card = () => edit.value;
    rig.startWorker({ messengers: [rig.chat] });
    const { id } = await rig.ask();
    await rig.until(id, 'delivered');
    expect(clips()).toHaveLength(1);
    edit.give({ outcome: 'shown' });
  });

  test('and whose card could not be brought to its end is tried again', async () => {
    let tries = 0;
    rig.startWorker();
    const { id } = await rig.ask();
    rig.chat.script.card = async () => (++tries < 4 ? { outcome: 'retry', reason: '500' } : { outcome: 'shown' });
    await rig.clock.until(async () => (await rig.task(id)).shown !== undefined);
    expect(rig.chat.cards.at(-1)?.status).toBe('Done');
  });
});

test('a person’s pictures are fitted one at a time, those of others meanwhile', async () => {
  const begun: number[] = [];
  const people = ['anna', 'anna', 'ben', 'cleo'];
  for (const person of people) await rig.ask(person);
  const size = { width: 1280, height: 720 };
  rig.startWorker({
    fitPicture: async () => {
      begun.push(rig.clock.now());
      await rig.clock.sleep(5_000);
      return { type: 'image/png', thumbnail: new Uint8Array(), original: size, fitted: size, notes: [] };
    },
  });
  await rig.clock.until(() => begun.length === people.length);
  expect(begun.map((at) => at - (begun[0] ?? 0))).toEqual([0, 0, 0, 5_000]);
});

describe('what must not happen, happens', () => {
  test('a step that throws again and again ends the task in words, and never as finished', async () => {
    rig.startWorker({
      fitPicture: async () => {
        throw new TypeError('a fault of ours');
      },
    });
    const { id } = await rig.ask();
    await rig.until(id, 'failed');
    expect((await rig.task(id)).failure).toEqual({ type: 'broken' });
    await rig.clock.until(() => notices().length === 1);
    expect(rig.errors).toHaveLength(8);
  });

  test('a provider adapter that throws in a paid submit leaves doubt', async () => {
    rig.provider.script.submit = async () => {
      throw new TypeError('a fault of ours');
    };
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'unconfirmed');
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('a store that fails is said to whoever runs the process, and the task goes on when it is back', async () => {
    const told: StoreUnavailable[] = [];
    let full = true;
    const blobs = {
      ...rig.store.blobs,
      write: async (...args: Parameters<typeof rig.store.blobs.write>) => {
        if (full) throw new StoreUnavailable('The disk is full.');
        return rig.store.blobs.write(...args);
      },
    };
    const { id } = await rig.ask();
    rig.startWorker({
      store: new Proxy(rig.store, { get: (t, name) => (name === 'blobs' ? blobs : Reflect.get(t, name)) }),
      onStoreTrouble: (e) => told.push(e),
    });
    await rig.clock.until(() => told.length > 0);
    full = false;
    await rig.until(id, 'delivered');
  });
});

describe('a stop', () => {
  test('takes no new work', async () => {
    const worker = rig.startWorker();
    await rig.clock.advance(1_000);
    const stopped = worker.stop();
    const { id } = await rig.ask();
    await rig.clock.advance(60_000);
    await stopped;
    expect((await rig.task(id)).state).toBe('received');
  });

  test('lets go of what is just being recorded for its worker, too', async () => {
    const worker = rig.startWorker();
    const rest = held<void>();
    const recorded = worker.withRoom(async (owner = '') => {
      const { task } = await rig.store.tasks.insert(newTask(rig.clock), undefined, { owner });
      await rest.value;
      return { claimed: task, owner };
    });
    await rig.clock.advance(0);
    const stopped = worker.stop();
    await rig.clock.advance(1_000);
    rest.give();
    const { claimed, owner } = await recorded;
    await stopped;
    expect(await rig.store.tasks.renew(owner, [claimed.id])).toEqual([]);
  });

  test('waits for a submit on the wire, up to 50 s, and keeps its answer', async () => {
    const answer = held<Submitted>();
    rig.provider.script.submit = () => answer.value;
    const worker = rig.startWorker({ providers: [rig.provider] });
    const { id } = await rig.ask();
    await rig.clock.until(() => rig.provider.submits.length === 1);
    let done = false;
    const stopped = worker.stop().then(() => {
      done = true;
    });
    await rig.clock.advance(40_000);
    expect(done).toBe(false);
    answer.give({ outcome: 'accepted', jobId: 'job-1' });
    await stopped;
    expect((await rig.task(id)).accepted).toEqual({ [(await rig.task(id)).attempts[0]?.id ?? '']: 'job-1' });
  });

  test.each([
    ['a look at a job', 8_000],
    ['a submit', 50_000],
  ])('that finds %s hanging ends all the same', async (what, ms) => {
    if (what === 'a submit') rig.provider.script.submit = () => never;
    else rig.provider.script.poll = () => never;
    const worker = rig.startWorker({ providers: [rig.provider] });
    await rig.ask();
    await rig.clock.until(() => (what === 'a submit' ? rig.provider.submits : rig.provider.polls).length === 1);
    const before = rig.clock.now();
    let took = 0;
    const stopped = worker.stop().then(() => {
      took = rig.clock.now() - before;
    });
    await rig.clock.advance(60_000);
    await stopped;
    expect(took).toBeLessThanOrEqual(ms);
    expect(took).toBeGreaterThan(ms - 1_000);
  });
});

describe('a process that is busy with people', () => {
  const busy = () => ({ idle: 0, active: 1, utilization: 1 });

  test('takes up tasks one at a time, each after a quarter of a second', async () => {
    const [first, second, third] = [await rig.ask(), await rig.ask(), await rig.ask()];
    const began = rig.clock.now();
    // So that they are left in the queue.
    await rig.store.cooldowns.park(rig.provider.name, 3_600_000, 'transient');
    rig.startWorker({ utilization: busy });
    const queuedAfter = async ({ id }: Task) => ((await rig.until(id, 'queued')).at.queued ?? Number.NaN) - began;
    expect(await queuedAfter(first)).toBe(0);
    expect(await queuedAfter(second)).toBe(250);
    expect(await queuedAfter(third)).toBe(500);
  });

  test('hears who takes a clip back, and looks after what is due, while more is recorded than it takes up', async () => {
    rig.provider.script.poll = rendering;
    const worker = rig.startWorker({ utilization: busy });
    const { id } = await rig.ask();
    const task = await rig.until(id, 'rendering');
    const more = async (clips: number) => {
      for (let n = 0; n < clips; n++) {
        worker.wake(await rig.ask());
        await rig.clock.advance(200);
      }
    };
    await more(20);
    await stop(task);
    await more(30);
    expect((await rig.task(id)).state).toBe('cancelled');
  });

  test('holds up no clip for cards that give way, and no stop', async () => {
    const worker = rig.startWorker({ utilization: busy });
    const { id } = await rig.ask();
    await rig.until(id, 'delivered');
    expect(clips()).toHaveLength(1);
    await rig.clock.advance(1_000);
    const shown = rig.chat.cards.length;
    await rig.store.cooldowns.park(rig.provider.name, 3_600_000, 'transient');
    const other = await rig.ask();
    worker.wake(other);
    await rig.until(other.id, 'queued');
    // It has been taken up, and answered with its first card; the next one gives way.
    expect(rig.chat.cards).toHaveLength(shown + 1);
    await rig.clock.advance(rig.chat.editMs + 100);
    expect(rig.chat.cards).toHaveLength(shown + 1);
    const before = rig.clock.now();
    await worker.stop();
    expect(rig.clock.now()).toBe(before);
  });
});
