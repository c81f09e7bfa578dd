import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClipEnds } from '../../src/media/clips/clip-ends.ts';
import { NoRoom } from '../../src/util/semaphore.ts';

let scratchDir: string;
let stop: AbortController;
beforeEach(async () => {
  scratchDir = await mkdtemp(join(tmpdir(), 'kinora-ends-'));
  stop = new AbortController();
});
afterEach(() => rm(scratchDir, { recursive: true, force: true }));

/** A clip whose bytes never come; `asked` once somebody wants them. */
function standing() {
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  async function* bytes(): AsyncIterable<Uint8Array> {
    isAsked();
    await new Promise((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)));
    yield new Uint8Array();
  }
  return { bytes, asked };
}

test('joins keep no more than one place of each person, and few in all, and no frame waits for them', async () => {
  const ends = createClipEnds({ scratchDir });
  const stands = standing();
  const joinOf = (person: string) =>
    ends.join({ person, first: stands.bytes, second: stands.bytes, signal: stop.signal }, async () => {});
  const first = joinOf('test:anna');
  await stands.asked;
  await expect(joinOf('test:anna')).rejects.toBeInstanceOf(NoRoom);
  const waiting = ['test:bo', 'test:cy', 'test:di', 'test:ed'].map(joinOf);
  await expect(joinOf('test:bo')).rejects.toBeInstanceOf(NoRoom);
  await expect(joinOf('test:fay')).rejects.toBeInstanceOf(NoRoom);
  const from = standing();
  const frame = ends.lastFrame(from.bytes, stop.signal);
  await from.asked;
  stop.abort(new Error('over'));
  const over = await Promise.allSettled([first, ...waiting, frame]);
  expect(over.map(({ status }) => status)).toEqual(over.map(() => 'rejected'));
});
