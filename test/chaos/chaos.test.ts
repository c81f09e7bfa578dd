import { expect, test } from 'vitest';
import { runChaos } from './chaos.ts';

test('one process that has accidents: nothing is lost, nothing is paid or shown twice', async () => {
  const verdict = await runChaos({ store: 'sqlite', minutes: 0.5, tasks: 40 });
  expect(verdict.wrong).toEqual([]);
  expect(verdict.delivered + verdict.unconfirmed).toBe(40);
  expect(verdict.kills).toBeGreaterThan(0);
}, 600_000);
