import { test } from 'vitest';
import { usePaidBot } from './paid.ts';

const run = usePaidBot();

// More of it, and without callbacks: paid.long.test.ts.
test('nothing is paid twice, nothing that was paid for is lost by a bot that is killed twice', async () => {
  await run({ kills: 2, scenes: 3, callbacks: true });
});
