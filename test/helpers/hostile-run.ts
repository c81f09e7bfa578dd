import { setTimeout as delay } from 'node:timers/promises';
import { memoryOf, resetPeak } from '../bench/memory.ts';
import type { RunningBot } from './bot.ts';
import { childrenOf } from './processes.ts';
import { ask, openLive, type SeenTask, taskIn } from './web.ts';

/** The program's decoders, by their process ids. */
export const decodersOf = ({ child }: RunningBot): Promise<number[]> => childrenOf(child.pid, 'decoder/program.js');

/** Sends a picture; `after` is its task once it is past the decoder. */
export async function sendPicture(
  { url }: RunningBot,
  picture: Uint8Array,
): Promise<{ id: string; after: Promise<SeenTask> }> {
  const { taskId } = await taskIn(await ask(url, picture, { duration: '2' }));
  const after = pastDecoder(url, taskId);
  after.catch(() => {});
  return { id: taskId, after };
}

async function pastDecoder(url: string, taskId: string): Promise<SeenTask> {
  const live = await openLive(url);
  try {
    const isPast = (task: SeenTask) => task.taskId === taskId && task.state !== 'received';
    for (;;) {
      const { event, data } = await live.until((each) =>
        each.event === 'task' ? isPast(each.data) : each.event === 'conversation' && each.data.tasks.some(isPast),
      );
      const task = event === 'task' ? data : event === 'conversation' ? data.tasks.find(isPast) : undefined;
      if (task) return task;
    }
  } finally {
    live.close();
  }
}

/** What a picture that hurts did to the program, and to somebody whose photo came right after it. */
export interface Harm {
  task: SeenTask;
  photo: SeenTask;
  endedMs: number;
  /** From its upload to the end of its fitting. */
  photoMs: number;
  /** The longest that `/healthz` kept anybody waiting. */
  stallMs: number;
  /** What the program itself took more, at most. */
  growthMb: number;
  /** The most that a process that decodes had. */
  decoderMb: number;
}

/** Sends a picture that hurts, and a photo. Linux only, for what it says of memory. */
export async function harmOf(bot: RunningBot, picture: Uint8Array, photo: Uint8Array): Promise<Harm> {
  const { pid } = bot.child;
  const { nowMb = Number.NaN } = (await memoryOf(pid)) ?? {};
  await resetPeak(pid);
  const done = new AbortController();
  const watching = Promise.all([longestAnswer(bot, done.signal), largestDecoder(bot, done.signal)]);
  try {
    const began = performance.now();
    const bad = await sendPicture(bot, picture);
    const then = performance.now();
    const good = await sendPicture(bot, photo);
    const [[task, endedMs], [after, photoMs]] = await Promise.all([
      bad.after.then((each) => [each, performance.now() - began] as const),
      good.after.then((each) => [each, performance.now() - then] as const),
    ]);
    done.abort();
    const [stallMs, decoderMb] = await watching;
    const { peakMb = Number.NaN } = (await memoryOf(pid)) ?? {};
    return { task, photo: after, endedMs, photoMs, stallMs, growthMb: peakMb - nowMb, decoderMb };
  } finally {
    done.abort();
  }
}

/** Waits for the clips of what was taken: the next measure is not to be disturbed by them. */
export async function untilRendered({ url }: RunningBot, { task, photo }: Harm): Promise<void> {
  const live = await openLive(url);
  for (const { taskId, state } of [task, photo]) if (state !== 'failed') await live.untilState(taskId, 'delivered');
  live.close();
}

/** Asks again and again, until it may stop. */
export async function longestAnswer({ url }: RunningBot, done: AbortSignal): Promise<number> {
  let longest = 0;
  while (!done.aborted) {
    const began = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    longest = Math.max(longest, performance.now() - began);
    await delay(5);
  }
  return longest;
}

async function largestDecoder(bot: RunningBot, done: AbortSignal): Promise<number> {
  let largest = 0;
  while (!done.aborted) {
    for (const pid of await decodersOf(bot)) largest = Math.max(largest, (await memoryOf(pid))?.peakMb || 0);
    await delay(20);
  }
  return largest;
}
