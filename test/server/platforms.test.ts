import { expect, test } from 'vitest';
import { createConnectedPlatforms } from '../../src/server/platforms.ts';
import { systemClock } from '../../src/util/clock.ts';

const HOW = { as: 'as Columba', notes: [] };
/** Longer than any test: who waits for it does not wait for the time. */
const LONG_MS = 3_600_000;

test('platforms that are there are waited for no longer, and those that come late are told of', async () => {
  const reached = createConnectedPlatforms(2);
  const late: string[] = [];
  reached.add('discord', HOW);
  // One is missing: the time decides.
  await reached.within(1, systemClock);
  expect([...reached.connected.keys()]).toEqual(['discord']);
  reached.onLate((name) => late.push(name));
  const both = reached.within(LONG_MS, systemClock);
  reached.add('telegram', HOW);
  await both;
  expect(late).toEqual(['telegram']);
});

test('where there are none nobody waits', async () => {
  await createConnectedPlatforms(0).within(LONG_MS, systemClock);
});
