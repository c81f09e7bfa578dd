import { expect, test } from 'vitest';
import { shared } from '../../src/util/shared.ts';

/** Work of which the test decides when, and how, it ends. */
function held() {
  const begun: Held[] = [];
  const ask = shared(() => new Promise<void>((done, fail) => void begun.push({ done, fail })));
  return { begun, ask };
}
interface Held {
  done(): void;
  fail(error: Error): void;
}

test('is done once for all who ask before it begins, and once more for those who come while it is under way', async () => {
  const { begun, ask } = held();
  const first = Promise.all([ask(), ask()]);
  await expect.poll(() => begun).toHaveLength(1);
  const told: string[] = [];
  const later = Promise.all([ask(), ask()]).then(() => void told.push('later'));
  begun[0]?.done();
  await first;
  await expect.poll(() => begun).toHaveLength(2);
  expect(told).toEqual([]);
  begun[1]?.done();
  await later;
  expect(begun).toHaveLength(2);
});

test('that fails is told to those whose it was, and to nobody after', async () => {
  const { begun, ask } = held();
  const first = Promise.allSettled([ask(), ask()]);
  await expect.poll(() => begun).toHaveLength(1);
  const later = ask();
  begun[0]?.fail(new Error('i/o error'));
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect.poll(() => begun).toHaveLength(2);
  begun[1]?.done();
  await later;
});
