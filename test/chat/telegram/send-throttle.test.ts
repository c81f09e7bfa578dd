import { describe, expect, test } from 'vitest';
import { createBudget } from '../../../src/chat/telegram/send/send-throttle.ts';
import { manualClock } from '../../helpers/clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const GROUP = '-100';

function setup(perSecond = 30) {
  const clock = manualClock(settled);
  return { clock, budget: createBudget({ clock, perSecond }) };
}

/** How many of so many calls go through now. */
async function through(budget: ReturnType<typeof createBudget>, chat: string, rank: 'clip' | 'edit', calls: number) {
  let went = 0;
  for (let i = 0; i < calls; i++) if ((await budget.turn(chat, rank, `${rank}-${i}`)) === 0) went++;
  return went;
}

describe('the budget of a chat', () => {
  test('edits leave room for clips, and never wait', async () => {
    const { budget } = setup(1_000);
    expect(await through(budget, GROUP, 'edit', 30)).toBe(8);
    expect(await through(budget, GROUP, 'clip', 12)).toBe(12);
    expect(await budget.turn(GROUP, 'clip', 'one too many')).toBeGreaterThan(50_000);
    expect(await budget.turn('-200', 'edit', 'elsewhere')).toBe(0);
  });

  test('never more than 20 calls in a minute, however many want to', async () => {
    const { clock, budget } = setup();
    const began = clock.now();
    const at: number[] = [];
    let most = 0;
    const send = async (key: string) => {
      for (let away = 0; ; away++) {
        const wait = await budget.turn(GROUP, 'clip', key);
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
    const { clock, budget } = setup();
    await through(budget, GROUP, 'clip', 20);
    const first = await budget.turn(GROUP, 'clip', 'first');
    await budget.turn(GROUP, 'clip', 'second');
    await budget.turn(GROUP, 'finish', 'third');
    await clock.advance(first - 9_000);
    const order: string[] = [];
    const all = (['second', 'first'] as const).map(async (key) => {
      await budget.turn(GROUP, 'clip', key);
      order.push(key);
    });
    const third = budget.turn(GROUP, 'finish', 'third').then(() => order.push('third'));
    await clock.until(() => order.length === 3);
    await Promise.all([...all, third]);
    expect(order).toEqual(['third', 'first', 'second']);
  });

  test('what Telegram says about waiting holds for everybody in that chat', async () => {
    const { clock, budget } = setup();
    budget.block(GROUP, 30_000);
    expect(await budget.turn(GROUP, 'clip', 'a')).toBe(30_000);
    expect(await budget.turn('5', 'clip', 'b')).toBe(0);
    await clock.advance(30_000);
    expect(await budget.turn(GROUP, 'clip', 'a')).toBe(0);
  });

  test('over all chats there is one limit', async () => {
    const { clock, budget } = setup(10);
    const began = clock.now();
    const at: number[] = [];
    const all = Promise.all(
      Array.from({ length: 35 }, async (_, i) => {
        await budget.turn(String(i + 1), 'clip', 'x');
        at.push(clock.now() - began);
      }),
    );
    await clock.until(() => at.length === 35, 60_000);
    await all;
    for (const [i, time] of at.entries())
      expect((at[i + 10] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThan(1_000);
  });
});
