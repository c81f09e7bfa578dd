import { expect, it } from 'vitest';
import { shareRuns } from '../../src/store/sqlite/share-runs.ts';

/** A run that the test ends. */
function held() {
  const runs: { end: () => void; fail: (error: Error) => void }[] = [];
  const run = shareRuns(() => new Promise<void>((end, fail) => void runs.push({ end, fail })));
  return { runs, run };
}

it('whoever calls during a run shares the next one, which begins when that has ended', async () => {
  const { runs, run } = held();
  const first = run();
  await expect.poll(() => runs).toHaveLength(1);
  const others = [run(), run(), run()];
  expect(runs).toHaveLength(1);
  runs[0]?.end();
  await first;
  await expect.poll(() => runs).toHaveLength(2);
  const later = run();
  runs[1]?.end();
  await Promise.all(others);
  await expect.poll(() => runs).toHaveLength(3);
  runs[2]?.end();
  await later;
});

it('a run that fails fails for those who shared it, not for those who come after', async () => {
  const { runs, run } = held();
  const failed = Promise.allSettled([run(), run()]);
  await expect.poll(() => runs).toHaveLength(1);
  const next = run();
  runs[0]?.fail(new Error('disk'));
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect.poll(() => runs).toHaveLength(2);
  runs[1]?.end();
  await next;
});
