import { expect, test } from 'vitest';
import { runSoak } from './soak.ts';

test('large pictures and clips on all chats at once: nothing dies, grows, is left over, lost or shown twice', async () => {
  const { figures, wrong } = await runSoak({ minutes: 0.75, rate: 3 });
  console.table(figures);
  expect(wrong).toEqual([]);
  expect(figures.at(-1)).toMatchObject({ when: 'at rest, at the end', requests: 135, clips: 135, deaths: 0 });
}, 600_000);
