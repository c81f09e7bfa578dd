import { describe, test } from 'vitest';
import { usePaidBot } from './paid.ts';

const run = usePaidBot();

describe('a paid provider and a bot that is killed again and again', () => {
  test.each([false, true])(
    'nothing is paid twice, nothing that was paid for is lost (callbacks: %s)',
    (callbacks) => run({ kills: 15, scenes: 8, callbacks }),
    240_000,
  );
});
