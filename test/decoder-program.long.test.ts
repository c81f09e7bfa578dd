import { describe, expect, test } from 'vitest';
import { memoryOf } from './bench/memory.ts';
import { decodersOf, harmOf, longestAnswer, sendPicture } from './helpers/hostile-run.ts';
import { useProgram } from './helpers/program.ts';
import { scenery } from './helpers/scenery.ts';
import { conversation } from './helpers/web.ts';
import { manyBoxes, manyScans, textBomb } from './media/hostile.ts';

/** By itself a few milliseconds. */
const MAX_STALL_MS = 1_500;
const HEAVY = 'This picture takes too much work to open. Save it anew as a plain JPEG and send that.';

const program = useProgram('test');

/** The decoder, once it has a large picture before it. */
async function decoderAtWork(): Promise<number> {
  await expect.poll(() => decodersOf(program.bot), { timeout: 60_000 }).toHaveLength(1);
  const [pid = Number.NaN] = await decodersOf(program.bot);
  await expect.poll(async () => (await memoryOf(pid))?.nowMb, { timeout: 60_000 }).toBeGreaterThan(200);
  return pid;
}

describe('a picture that hurts is refused in a sentence, and costs the program and others nothing', () => {
  test('half a megabyte of text that is 3 GB', async () => {
    const harm = await harmOf(program.bot, textBomb('iTXt', 60), await scenery(1600, 1200));
    expect(harm.task).toMatchObject({ state: 'failed', status: HEAVY });
    expect(harm.photo.state).not.toBe('failed');
    expect(harm.growthMb).toBeLessThan(60);
    expect(harm.decoderMb).toBeLessThan(1_250);
    expect(harm.stallMs).toBeLessThan(MAX_STALL_MS);
  });

  test('twenty AVIFs of many boxes at once', async () => {
    const done = new AbortController();
    const longest = longestAnswer(program.bot, done.signal);
    const all = await Promise.all(Array.from({ length: 20 }, () => sendPicture(program.bot, manyBoxes(12_000))));
    for (const { after } of all) expect((await after).state).toBe('failed');
    done.abort();
    expect(await longest).toBeLessThan(MAX_STALL_MS);
  });

  test('one that ends the decoder, and the next start does not try it again', async () => {
    const bad = await sendPicture(program.bot, manyScans(7_070, 7_070));
    process.kill(await decoderAtWork(), 'SIGKILL');
    expect(await bad.after).toMatchObject({ state: 'failed', status: HEAVY });
    await program.bot.stop();
    await program.startAgain();
    const good = await sendPicture(program.bot, await scenery(1600, 1200));
    expect((await good.after).state).not.toBe('failed');
    const { tasks } = await conversation(program.bot.url);
    expect(tasks.find(({ taskId }) => taskId === bad.id)).toMatchObject({ state: 'failed', status: HEAVY });
  });
});

test('a stop does not wait for a picture, which the next start takes on', async () => {
  await sendPicture(program.bot, manyScans(7_070, 7_070));
  const pid = await decoderAtWork();
  const began = performance.now();
  expect((await program.bot.stop()).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(3_000);
  // Gone, or nothing but its name.
  expect((await memoryOf(pid))?.nowMb || 0).toBe(0);
  await program.startAgain();
  await expect.poll(() => decodersOf(program.bot), { timeout: 60_000 }).toHaveLength(1);
});
