import { describe, test } from 'vitest';
import { usePaidBot } from './paid.ts';

describe('a paid provider and a bot that is killed again and again', () => {
  const run = usePaidBot();
  test.each([false, true])(
    'nothing is paid twice, nothing that was paid for is lost (callbacks: %s)',
    (callbacks) => run({ kills: 15, scenes: 8, callbacks }),
    240_000,
  );
});

describe.each([
  ['runway', false],
  ['fal', false],
  ['fal', true],
] as const)('the same at %s (callbacks: %s)', (service, callbacks) => {
  const run = usePaidBot(service);
  test(
    'nothing is paid twice, nothing that was paid for is lost',
    () => run({ kills: 8, scenes: 5, callbacks }),
    240_000,
  );
});
