import type { InlineKeyboardMarkup } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { type ButtonData, changed, keyboard } from '../../../src/chat/telegram/buttons.ts';
import { createKeyboards } from '../../../src/chat/telegram/receive/keyboards.ts';

const taskId = 'a'.repeat(24);
const at = { chat: '-1', message: 7 };
const START = Date.UTC(2026, 0, 1);
const shown = keyboard(
  ['again', 'star', 'more'].map((action) => ({ action, label: action })),
  taskId,
) as InlineKeyboardMarkup;

/** Keyboards whose edits wait until the test lets them through, or fails them. */
function setup() {
  let now = START;
  const drawn: unknown[] = [];
  const open: ((outcome: 'done' | 'failed') => void)[] = [];
  type Deps = Parameters<typeof createKeyboards>[0];
  const poster = {
    isBusy: () => false,
    throttled: (_chat: string, _how: unknown, work: (api: unknown, signal: unknown) => unknown) =>
      new Promise((resolve) => {
        open.push((outcome) => {
          work({ editMessageReplyMarkup: (...args: unknown[]) => drawn.push(args[2]) }, undefined);
          resolve(outcome === 'done' ? { outcome } : { outcome, failure: { type: 'refused', reason: 'no' } });
        });
      }),
  } as unknown as Deps['poster'];
  const answers = {
    later: async (work: () => Promise<unknown>) => void work(),
    patiently: async (call: () => Promise<{ outcome: string }>) => (await call()).outcome === 'done',
  } as unknown as Deps['answers'];
  const clock = { now: () => now, sleep: async () => {} };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    keyboards: createKeyboards({ poster, answers, clock }),
    drawn,
    pass: (ms: number) => {
      now += ms;
    },
    /** Lets the edit that waits through. */
    async edit(outcome: 'done' | 'failed' = 'done') {
      open.shift()?.(outcome);
      await settled();
    },
    waiting: () => open.length,
  };
}

const button = (action: string, n = 0): ButtonData => ({ action, taskId, n });
const starred = (now: InlineKeyboardMarkup, text: string) =>
  changed(now, ({ action }) => (action === 'star' ? { text } : {}));

describe('the buttons under a message', () => {
  test('that many change at once are drawn twice: as the first had them, and as the last', async () => {
    const { keyboards, drawn, edit, waiting } = setup();
    for (const n of [1, 2, 3, 4, 5]) await keyboards.change(at, shown, (now) => starred(now, `⭐ ${n}`));
    expect(waiting()).toBe(1);
    await edit();
    await edit();
    expect(waiting()).toBe(0);
    expect(JSON.stringify(drawn.at(-1))).toContain('⭐ 5');
    expect(drawn.length).toBeLessThanOrEqual(2);
  });

  test('get numbers of the time, and each a higher one than any before', async () => {
    const { keyboards, drawn, edit } = setup();
    await keyboards.renew(at, shown, button('again'));
    await edit();
    const first = (START - Date.UTC(2024, 0, 1)) / 1000;
    expect(JSON.stringify(drawn.at(-1))).toContain(`again:${taskId}:${first}"`);
    // Within the same second.
    await keyboards.renew(at, shown, button('again', first));
    await edit();
    expect(JSON.stringify(drawn.at(-1))).toContain(`again:${taskId}:${first + 1}"`);
    expect(JSON.stringify(drawn.at(-1))).toContain(`star:${taskId}:0"`);
  });

  test('that stood there just now count though another’s press has changed them, for a minute', async () => {
    const { keyboards, edit, pass } = setup();
    await keyboards.change(at, shown, () => ({ inline_keyboard: [] }));
    await edit();
    expect(keyboards.hadLately(at, button('again'))).toBe(true);
    expect(keyboards.hadLately(at, button('again', 5))).toBe(false);
    expect(keyboards.hadLately({ ...at, message: 8 }, button('again'))).toBe(false);
    pass(61_000);
    expect(keyboards.hadLately(at, button('again'))).toBe(false);
  });

  test('that could not be renewed are known, until they are', async () => {
    const { keyboards, edit } = setup();
    await keyboards.renew(at, shown, button('again'));
    await edit('failed');
    expect(keyboards.hasFailed(at, button('again'))).toBe(true);
    await keyboards.renew(at, shown, button('again'));
    await edit();
    expect(keyboards.hasFailed(at, button('again'))).toBe(false);
  });

  test('are those of the press after a minute, or where another thing is shown since', async () => {
    const { keyboards, drawn, edit, pass } = setup();
    await keyboards.change(at, shown, (now) => starred(now, '⭐ 9'));
    await edit();
    pass(61_000);
    await keyboards.renew(at, shown, button('again'));
    await edit();
    expect(JSON.stringify(drawn.at(-1))).not.toContain('⭐ 9');
    keyboards.forget(at);
    await keyboards.change(at, starred(shown, 'new'), (now) => changed(now, () => ({ n: 1 })));
    await edit();
    expect(JSON.stringify(drawn.at(-1))).toContain('new');
  });
});
