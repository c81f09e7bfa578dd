import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leave, leaving, stay } from '../../../src/chat/web/page/leaving.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is taken back in time is not deleted', async () => {
  const remove = vi.fn(async () => {});
  leave('a', remove);
  expect([...leaving.peek()]).toEqual([['a', true]]);
  stay('a');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(leaving.peek().size).toBe(0);
  expect(remove).not.toHaveBeenCalled();
});

test('what is being deleted cannot be taken back any more, nor deleted twice, and says so', async () => {
  let answer = () => {};
  const remove = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
  );
  leave('a', remove);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...leaving.peek()]).toEqual([['a', false]]);
  stay('a');
  leave('a', remove);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...leaving.peek()]).toEqual([['a', false]]);
  expect(remove).toHaveBeenCalledOnce();
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(leaving.peek().size).toBe(0);
});
