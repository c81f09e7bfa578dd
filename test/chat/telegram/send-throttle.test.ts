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
  for (let i = 0; i < calls; i++) if ((await throttle.acquire(chat, priority, `${priority}-${i}`)) === 0) went++;
  return went;
}

describe('the budget of a chat', () => {
  test('edits leave room for clips, and never wait', async () => {
    const { throttle } = setup(1_000);
    expect(await through(throttle, GROUP, 'edit', 30)).toBe(8);
    expect(await through(throttle, GROUP, 'clip', 12)).toBe(12);
    expect(await throttle.acquire(GROUP, 'clip', 'one too many')).toBeGreaterThan(50_000);
    expect(await throttle.acquire('-200', 'edit', 'elsewhere')).toBe(0);
  });

  test('never more than 20 calls in a minute, however many want to', async () => {
    const { clock, throttle } = setup();
    const began = clock.now();
    const at: number[] = [];
    let most = 0;
    const send = async (key: string) => {
      for (let away = 0; ; away++) {
        const wait = await throttle.acquire(GROUP, 'clip', key);
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
    const first = await throttle.acquire(GROUP, 'clip', 'first');
    await throttle.acquire(GROUP, 'clip', 'second');
    await throttle.acquire(GROUP, 'finish', 'third');
    await clock.advance(first - 9_000);
    const order: string[] = [];
    const all = (['second', 'first'] as const).map(async (key) => {
      await throttle.acquire(GROUP, 'clip', key);
      order.push(key);
    });
    const third = throttle.acquire(GROUP, 'finish', 'third').then(() => order.push('third'));
    await clock.until(() => order.length === 3);
    await Promise.all([...all, third]);
    expect(order).toEqual(['third', 'first', 'second']);
  });

  test('what Telegram says about waiting holds for everybody in that chat', async () => {
    const { clock, throttle } = setup();
    throttle.block(GROUP, 30_000);
    expect(await throttle.acquire(GROUP, 'clip', 'a')).toBe(30_000);
    expect(await throttle.acquire('5', 'clip', 'b')).toBe(0);
    await clock.advance(30_000);
    expect(await throttle.acquire(GROUP, 'clip', 'a')).toBe(0);
  });

  test('over all chats there is one limit', async () => {
    const { clock, throttle } = setup(10);
    const began = clock.now();
    const at: number[] = [];
    const all = Promise.all(
      Array.from({ length: 35 }, async (_, i) => {
        await throttle.acquire(String(i + 1), 'clip', 'x');
        at.push(clock.now() - began);
      }),
    );
    await clock.until(() => at.length === 35, 60_000);
    await all;
    for (const [i, time] of at.entries())
      expect((at[i + 10] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThan(1_000);
  });
});
