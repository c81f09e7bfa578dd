import { expect, test } from 'vitest';
import { createBatched } from '../../src/store/mongo/batched.ts';
import { StoreUnavailable } from '../../src/store/store.ts';

const late = () => new StoreUnavailable('late');
const patient = createBatched(60_000, late);

test('what comes in one turn is one batch, what comes meanwhile is the next, and each is told its own', async () => {
  const batches: number[][] = [];
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const double = patient(async (batch: number[]) => {
    batches.push(batch);
    await held;
    return (n) => 2 * n;
  });
  const first = [double(1), double(2)];
  await expect.poll(() => batches).toEqual([[1, 2]]);
  const second = [double(3), double(4), double(5)];
  goOn();
  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('a batch has a hundred at most', async () => {
  const sizes: number[] = [];
  const count = patient(async (batch: number[]) => {
    sizes.push(batch.length);
    return (n) => n;
  });
  const all = Array.from({ length: 250 }, (_, n) => n);
  expect(await Promise.all(all.map(count))).toEqual(all);
  expect(sizes).toEqual([100, 100, 50]);
});

test('one that fails spoils nothing for the others', async () => {
  const odd = patient(async (batch: number[]) => {
    if (batch.includes(13)) throw new Error('unlucky');
    return (n) => n;
  });
  const told = await Promise.allSettled([1, 13, 3].map(odd));
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('where the store is at fault all of the batch are told, and it is not tried again', async () => {
  let tries = 0;
  const never = patient(async (_batch: number[]) => {
    tries++;
    throw new StoreUnavailable('gone');
  });
  const told = await Promise.allSettled([1, 2, 3].map(never));
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(tries).toBe(1);
});

/** With a clock that the test moves. */
function withClock() {
  const clock = { now: 0 };
  return { clock, batched: createBatched(1_000, late, () => clock.now) };
}

test('of a batch that is tried one by one, what has waited too long by then is not begun', async () => {
  const { clock, batched } = withClock();
  const begun: number[][] = [];
  const ask = batched(async (batch: number[]) => {
    begun.push(batch);
    if (batch.length > 1) throw new Error('one of them');
    clock.now += 1_001;
    return (n) => n;
  });
  const told = await Promise.allSettled([1, 2].map(ask));
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(begun).toEqual([[1, 2], [1]]);
});

test('what waited too long is not begun, and just in time is in time', async () => {
  const { clock, batched } = withClock();
  const begun: number[] = [];
  const ask = batched(async (batch: number[]) => {
    begun.push(...batch);
    return (n) => n;
  });
  const old = ask(1);
  clock.now = 1;
  const young = ask(2);
  clock.now = 1_001;
  await expect(old).rejects.toThrow('late');
  expect(await young).toBe(2);
  expect(begun).toEqual([2]);
});
