import { expect, test } from 'vitest';
import { countedToday } from '../../commands/counted-today.ts';
import type { Count } from '../../src/store/count.ts';

test('a clip that begins while its day is counted is not left out: it is counted anew', async () => {
  const nothing = { credits: 0, clips: 0 };
  const found: Count[] = [
    { spent: nothing, waiting: nothing, isSure: false },
    { spent: { credits: 5, clips: 1 }, waiting: nothing, isSure: true },
  ];
  const store = { count: async () => found.shift() ?? Promise.reject(new Error('asked once more')) };
  expect(await countedToday({ store, now: 0 }, { provider: 'paid' })).toEqual({ credits: 5, clips: 1 });
});
