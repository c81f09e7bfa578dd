import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Submitted, Verdict } from '../../src/providers/provider.ts';
import { spentSince } from '../contract/store/tools.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ provider: scriptedProvider({}, ['first', 'second']) });
});
afterEach(() => rig.close());

const used = () => rig.provider.submits.map(({ key }) => key);
const cards = (taskId: string) => rig.chat.cards.filter((card) => card.taskId === taskId).map((card) => card.status);
const parked = () => rig.errors.map((line) => (line as { parked?: string }).parked);

/** Each key answers as told here; the others take the submit. */
function answer(by: Record<string, Submitted>): void {
  rig.provider.script.submit = async () =>
    by[rig.provider.submits.at(-1)?.key ?? ''] ?? { outcome: 'accepted', jobId: `job-${rig.provider.submits.length}` };
}
const refusal = (failure: 'no-credits' | 'auth' | 'quota', retryAfterMs?: number): Submitted => ({
  outcome: 'refused',
  failure: { type: failure },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('several keys', () => {
  test('are used in their order: the second is not touched while the first works', async () => {
    rig.startWorker();
    for (let n = 0; n < 3; n++) await rig.until((await rig.ask()).id, 'delivered');
    expect(used()).toEqual(['first', 'first', 'first']);
  });

  test.each(['no-credits', 'auth', 'quota'] as const)(
    'one that is refused (%s) is parked, the next takes over, the operator hears of it once',
    async (why) => {
      answer({ first: refusal(why) });
      rig.startWorker();
      for (let n = 0; n < 3; n++) await rig.until((await rig.ask()).id, 'delivered');
      expect(used()).toEqual(['first', 'second', 'second', 'second']);
      expect(parked()).toEqual(['scripted:first']);
    },
  );

  test('are remembered with the attempt before it is made', async () => {
    answer({ first: refusal('no-credits'), second: { outcome: 'unknown', reason: 'no answer' } });
    rig.startWorker();
    const { id } = await rig.ask();
    const task = await rig.until(id, 'unconfirmed');
    expect(task.attempts.map(({ key, over }) => [key, over])).toEqual([
      ['first', 'refused'],
      ['second', undefined],
    ]);
  });

  test('all without credits: tasks wait, people are told, and all goes on by itself', async () => {
    answer({ first: refusal('no-credits', 600_000), second: refusal('no-credits', 900_000) });
    rig.startWorker();
    const tasks = [await rig.ask(), await rig.ask()];
    await rig.clock.advance(60_000);
    const { length } = rig.provider.submits;
    expect(length).toBeLessThanOrEqual(4);
    await rig.clock.advance(120_000);
    expect(rig.provider.submits).toHaveLength(length);
    // Both tasks may be under way with the first key when it is parked.
    expect(new Set(parked())).toEqual(new Set(['scripted:first', 'scripted:second']));
    for (const { id } of tasks) expect(cards(id).at(-1)).toContain('takes no clips from this bot at present');
    answer({});
    for (const { id } of tasks) await rig.until(id, 'delivered');
    expect(rig.clock.now()).toBeGreaterThanOrEqual((tasks[0]?.at.received ?? 0) + 600_000);
  });

  test('all without credits for too long: a sentence ends it, and nothing was spent', async () => {
    answer({ first: refusal('no-credits', 48 * 3_600_000), second: refusal('no-credits', 48 * 3_600_000) });
    rig.startWorker({ tickMs: 600_000 });
    const { id } = await rig.ask();
    await rig.clock.advance(25 * 3_600_000);
    expect((await rig.task(id)).failure).toEqual({ type: 'no-credits' });
    expect(await spentSince(rig.store, 0)).toEqual({ credits: 0, clips: 0 });
  });
});

describe('a job that the provider does not know', () => {
  test('is not given up before it was said twice, two minutes or more after it was accepted', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'lost' });
    rig.startWorker();
    const { id } = await rig.ask();
    await rig.until(id, 'rendering');
    await rig.clock.advance(100_000);
    expect((await rig.task(id)).state).toBe('rendering');
    await rig.until(id, 'failed');
    expect((await rig.task(id)).failure).toEqual({ type: 'job-gone' });
    expect(rig.provider.submits).toHaveLength(1);
  });
});

describe('a job that never ends', () => {
  test('is given up at the deadline, after a last look', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'rendering' });
    rig.startWorker({ tickMs: 5_000, limits: { queueMaxMs: 3_600_000, deadlineMs: 1_200_000 } });
    const { id } = await rig.ask();
    await rig.clock.advance(1_190_000);
    expect((await rig.task(id)).state).toBe('rendering');
    await rig.until(id, 'failed');
    expect((await rig.task(id)).failure).toEqual({ type: 'deadline' });
  });

  const DEADLINE = { queueMaxMs: 3_600_000, deadlineMs: 1_200_000 };
  const MINUTE_MS = 60_000;

  test('and cannot be looked at past its deadline is looked at for another hour: a clip that is there comes', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: 'no network' });
    rig.startWorker({ tickMs: 5_000, limits: DEADLINE });
    const { id } = await rig.ask();
    await rig.clock.advance(75 * MINUTE_MS);
    expect((await rig.task(id)).state).toBe('rendering');
    rig.provider.script.poll = async () => succeeded();
    await rig.until(id, 'delivered');
  });

  test('and cannot be looked at any more ends in words, an hour after its deadline', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: 'no network' });
    rig.startWorker({ tickMs: 5_000, limits: DEADLINE });
    const { id } = await rig.ask();
    await rig.until(id, 'failed', 100 * MINUTE_MS);
    const { failure, at } = await rig.task(id);
    expect(failure).toEqual({ type: 'deadline' });
    expect((at.failed ?? 0) - (at.rendering ?? 0)).toBeGreaterThanOrEqual(80 * MINUTE_MS);
  });

  test('while no process ran is looked at for ten minutes after the next start', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: 'no network yet' });
    const worker = rig.startWorker({ tickMs: 5_000, limits: DEADLINE });
    const { id } = await rig.ask();
    await rig.clock.advance(50 * MINUTE_MS);
    await worker.stop();
    await rig.clock.advance(24 * 60 * MINUTE_MS);
    rig.startWorker({ tickMs: 5_000, limits: DEADLINE });
    await rig.clock.advance(9 * MINUTE_MS);
    expect((await rig.task(id)).state).toBe('rendering');
    rig.provider.script.poll = async () => succeeded();
    await rig.until(id, 'delivered');
  });
});

describe('a clip that is finished and cannot be fetched', () => {
  const unfetched = (): Verdict => ({
    outcome: 'succeeded',
    host: 'clips.example',
    open: async () => {
      throw new Error('ECONNRESET');
    },
  });

  test('is asked for for an hour, past the deadline, too', async () => {
    rig.provider.script.poll = async () => unfetched();
    rig.startWorker({ tickMs: 5_000, limits: { queueMaxMs: 3_600_000, deadlineMs: 600_000 } });
    const { id } = await rig.ask();
    await rig.clock.advance(50 * 60_000);
    expect((await rig.task(id)).state).toBe('rendering');
    rig.provider.script.poll = async () => succeeded();
    await rig.until(id, 'delivered');
  });

  test('ends in words of its own, and its host and cause are in the log', async () => {
    rig.provider.script.poll = async () => unfetched();
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    rig.startWorker({ tickMs: 5_000, log, limits: { queueMaxMs: 3_600_000, deadlineMs: 600_000 } });
    const { id } = await rig.ask();
    await rig.until(id, 'failed', 3 * 3_600_000);
    expect((await rig.task(id)).failure).toEqual({ type: 'clip-unfetched' });
    expect(lines.join('')).toMatch(/clips\.example.*ECONNRESET/);
    expect(rig.chat.shown.at(-1)).toMatchObject({ text: expect.stringContaining('could not be fetched') });
  });
});
