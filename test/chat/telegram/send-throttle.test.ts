import { describe, expect, test } from 'vitest';
import { createSendThrottle } from '../../../src/chat/telegram/send/send-throttle.ts';
import { manualClock } from '../../helpers/clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const GROUP = '-100';

function setup(perSecond = 30) {
  const clock = manualClock(settled);
  return { clock, throttle: createSendThrottle({ clock, perSecond }) };
}

/** How many of so many calls go through now. */
async function through(
  throttle: ReturnType<typeof createSendThrottle>,
  chat: string,
  priority: 'clip' | 'edit',
  calls: number,
) {
  let went = 0;
  for (let i = 0; i < calls; i++)
    if ((await throttle.acquire(chat, { priority, key: `${priority}-${i}` })) === 0) went++;
  return went;
}

describe('the budget of a chat', () => {
  test('edits leave room for clips, and never wait', async () => {
    const { throttle } = setup(1_000);
    expect(await through(throttle, GROUP, 'edit', 30)).toBe(4);
    expect(await through(throttle, GROUP, 'clip', 16)).toBe(16);
    expect(await throttle.acquire(GROUP, { priority: 'clip', key: 'one too many' })).toBeGreaterThan(50_000);
    expect(await throttle.acquire('-200', { priority: 'edit', key: 'elsewhere' })).toBe(0);
  });

  test('never more than 20 calls in a minute, however many want to', async () => {
    const { clock, throttle } = setup();
    const began = clock.now();
    const at: number[] = [];
    let most = 0;
    const send = async (key: string) => {
      for (let away = 0; ; away++) {
        const wait = await throttle.acquire(GROUP, { priority: 'clip', key });
        if (wait === 0) break;
        most = Math.max(most, away + 1);
        await clock.sleep(wait);
      }
      at.push(clock.now() - began);
    };
    const all = Promise.all(Array.from({ length: 70 }, (_, i) => send(`clip-${i}`)));
    await clock.until(() => at.length === 70, 600_000);
    await all;
    for (const [i, time] of at.entries())
      expect((at[i + 20] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThan(60_000);
    expect(at.at(-1)).toBeLessThan(4 * 62_000);
    // The worker counts how often it was sent away, and gives up in the end.
    expect(most).toBeLessThan(5);
  });

  test('whoever was sent away finds the place kept; what was begun is finished before anything else begins', async () => {
    const { clock, throttle } = setup();
    await through(throttle, GROUP, 'clip', 20);
    const first = await throttle.acquire(GROUP, { priority: 'clip', key: 'first' });
    await throttle.acquire(GROUP, { priority: 'clip', key: 'second' });
    await throttle.acquire(GROUP, { priority: 'finish', key: 'third' });
    await clock.advance(first - 9_000);
    const order: string[] = [];
    const all = (['second', 'first'] as const).map(async (key) => {
      await throttle.acquire(GROUP, { priority: 'clip', key });
      order.push(key);
    });
    const third = throttle.acquire(GROUP, { priority: 'finish', key: 'third' }).then(() => order.push('third'));
    await clock.until(() => order.length === 3);
    await Promise.all([...all, third]);
    expect(order).toEqual(['third', 'first', 'second']);
  });

  test('what Telegram says about waiting holds for everybody in that chat', async () => {
    const { clock, throttle } = setup();
    throttle.block(GROUP, 30_000);
    expect(await throttle.acquire(GROUP, { priority: 'clip', key: 'a' })).toBe(30_000);
    expect(await throttle.acquire('5', { priority: 'clip', key: 'b' })).toBe(0);
    await clock.advance(30_000);
    expect(await throttle.acquire(GROUP, { priority: 'clip', key: 'a' })).toBe(0);
  });

  test('the last of a group’s minute belongs to a video: where only one call is left nothing is announced', async () => {
    const { clock, throttle } = setup();
    await through(throttle, GROUP, 'clip', 18);
    const announce = (key: string) => throttle.acquire(GROUP, { priority: 'clip', key, isFirstOfTwo: true });
    expect(await announce('first')).toBe(0);
    // One is left, and it is the first one's.
    expect(await throttle.acquire(GROUP, { priority: 'answer', key: 'card' })).toBeGreaterThan(50_000);
    expect(await announce('second')).toBeGreaterThan(50_000);
    expect(await throttle.acquire(GROUP, { priority: 'finish', key: 'first' })).toBe(0);
    await clock.advance(62_000);
    expect(await announce('second')).toBe(0);
    expect(await throttle.acquire(GROUP, { priority: 'finish', key: 'second' })).toBe(0);
  });

  test('a private chat takes a burst; where one met a 429 it is a call a second there, and nowhere else', async () => {
    const { throttle } = setup(1_000);
    expect(await through(throttle, '5', 'edit', 9)).toBe(3);
    throttle.block('6', 0);
    expect(await through(throttle, '6', 'edit', 9)).toBe(1);
  });

  test('eight requests a minute in a group are all answered within three seconds, from the first minute on', async () => {
    const { clock, throttle } = setup();
    const turn = async (priority: 'answer' | 'clip' | 'finish' | 'edit', key: string, isFirstOfTwo = false) => {
      for (let wait = 1; wait > 0; ) {
        wait = await throttle.acquire(GROUP, { priority, key, isFirstOfTwo });
        if (wait > 0 && priority === 'edit') return;
        await clock.sleep(wait);
      }
    };
    const waits: number[] = [];
    let clips = 0;
    /** The card, which moves twice, and after eight seconds the clip: a line that becomes it, or the card where the chat is busy. */
    async function request(n: number): Promise<void> {
      await clock.sleep(n * 7_500);
      const asked = clock.now();
      await turn('answer', `card-${n}`);
      waits.push(clock.now() - asked);
      for (const at of [1_000, 7_000]) {
        await clock.sleep(at);
        await turn('edit', `move-${n}`);
      }
      const isBusy = throttle.isBusy(GROUP, 'line');
      await turn('clip', `clip-${n}`, !isBusy);
      if (!isBusy) await turn('finish', `clip-${n}`);
      clips++;
    }
    const all = Promise.all(Array.from({ length: 40 }, (_, n) => request(n)));
    await clock.until(() => clips === 40, 600_000);
    await all;
    expect(Math.max(...waits)).toBeLessThan(3_000);
  });

  test('a chat is busy once the calls of three requests are taken, and quiet again after a while', async () => {
    const { clock, throttle } = setup();
    await through(throttle, GROUP, 'clip', 5);
    expect(throttle.isBusy(GROUP, 'line')).toBe(false);
    await through(throttle, GROUP, 'clip', 1);
    expect([throttle.isBusy(GROUP, 'line'), throttle.isBusy('-200', 'line')]).toEqual([true, false]);
    expect(throttle.isBusy(GROUP, 'buttons')).toBe(false);
    await through(throttle, GROUP, 'clip', 5);
    expect(throttle.isBusy(GROUP, 'buttons')).toBe(true);
    await clock.advance(62_000);
    expect(throttle.isBusy(GROUP, 'line')).toBe(false);
    await through(throttle, '5', 'clip', 5);
    expect(throttle.isBusy('5', 'line')).toBe(false);
    await through(throttle, '5', 'clip', 1);
    expect(throttle.isBusy('5', 'line')).toBe(true);
  });

  test('a restart makes no new minute of a group', async () => {
    const kept = new Map<string, number[]>();
    const spendings = {
      load: async (chat: string) => kept.get(chat) ?? [],
      save: (chat: string, spent: readonly number[]) => void kept.set(chat, [...spent]),
    };
    const clock = manualClock(settled);
    const started = () => createSendThrottle({ clock, perSecond: 1_000, spendings });
    expect(await through(started(), GROUP, 'clip', 12)).toBe(12);
    const next = started();
    expect(await through(next, GROUP, 'edit', 9)).toBe(0);
    expect(await through(next, GROUP, 'clip', 8)).toBe(8);
    expect(await started().acquire(GROUP, { priority: 'clip', key: 'one too many' })).toBeGreaterThan(50_000);
  });

  test('over all chats there is one limit', async () => {
    const { clock, throttle } = setup(10);
    const began = clock.now();
    const at: number[] = [];
    const all = Promise.all(
      Array.from({ length: 35 }, async (_, i) => {
        await throttle.acquire(String(i + 1), { priority: 'clip', key: 'x' });
        at.push(clock.now() - began);
      }),
    );
    await clock.until(() => at.length === 35, 60_000);
    await all;
    for (const [i, time] of at.entries())
      expect((at[i + 10] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThan(1_000);
  });
});
