import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { KeyValues } from '../../src/store/kv.ts';
import { createValuePorts } from '../../src/store/values.ts';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('what several jobs of a kind taught within a minute is all there after a pause, and goes on record with the next', async () => {
  const record = new Map<string, unknown>();
  const values: Pick<KeyValues, 'get' | 'put'> = {
    get: async (key) => ({ value: record.get(key) }),
    put: async ({ key, value }) => {
      record.set(key, value);
      return true;
    },
  };
  const { durations } = createValuePorts(Object.assign(values, { list: async () => [], remove: async () => false }));
  const onRecord = () => [...record.values()].at(-1);
  for (const learned of [[1], [1, 2], [1, 2, 3]]) await durations.put('slow', learned);
  expect(onRecord()).toEqual([1]);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(await durations.get('slow')).toEqual([1, 2, 3]);
  await durations.put('slow', [1, 2, 3, 4]);
  expect(onRecord()).toEqual([1, 2, 3, 4]);
  expect(await durations.get('slow')).toEqual([1, 2, 3, 4]);
});
