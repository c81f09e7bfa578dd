import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { newTaskId } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { someFitted } from '../helpers/task.ts';
import { atMost, type Bench, firstAnswers, median, type Result, told } from './bench.ts';
import { collect } from './collect.ts';
import { memoryOf, resetPeak } from './memory.ts';

const PER_SECOND = 100;
const ROUND_SECONDS = 5;
const ROUNDS = 5;
const PICTURE_BYTES = 300_000;
const PAGES = 300;
const MB = 1024 * 1024;

/** How long a person waits until a request is on record, and what the conversation costs as it grows. */
export const ack: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-ack-'));
  try {
    return [...(await acknowledgement(dir)), ...(await conversationPages(dir)), ...(await receiving(dir))];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

/** The program and a bare server take turns, under the same renders. */
async function acknowledgement(dir: string): Promise<Result[]> {
  const picture = await jpegOf(PICTURE_BYTES);
  const bot = await startBot({ DATA_DIR: join(dir, 'bot'), WEB_REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' });
  const bare = await startBare(join(dir, 'bare'));
  try {
    // Enough for all cores to render until the end; and both servers are warm.
    for (let i = 0; i < 4 * availableParallelism(); i++) await send(bot.url, picture, { duration: '10' });
    for (let i = 0; i < 20; i++) await send(bare.url, picture);
    await untilRendering(bot.url);
    const ours: number[][] = [];
    const theirs: number[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      collect();
      theirs.push(await load(bare.url, picture));
      collect();
      ours.push(await load(bot.url, picture));
    }
    return firstAnswers({ bare: theirs, kinora: ours }, { against: 'bare server', perSecond: PER_SECOND });
  } finally {
    bare.kill();
    await bot.stop('SIGKILL');
  }
}

/** Requests at fixed instants, whatever becomes of those before. Milliseconds from the instant to the whole answer. */
async function load(url: string, picture: Buffer): Promise<number[]> {
  // Connections of its own: those of an earlier round may be closed by now.
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let i = 0; i < PER_SECOND * ROUND_SECONDS; i++) {
    const at = began + (i * 1000) / PER_SECOND;
    await delay(Math.max(0, at - performance.now()));
    const answer = send(url, picture, {}, agent).then(() => performance.now() - at);
    answer.catch(() => {});
    answers.push(answer);
  }
  const took = await Promise.all(answers);
  agent.destroy();
  return took;
}

function send(url: string, picture: Buffer, options: Record<string, string> = {}, agent?: Agent): Promise<void> {
  const query = new URLSearchParams({ key: randomBytes(8).toString('hex'), scene: 'slow zoom in', ...options });
  const headers = { 'content-type': 'application/octet-stream', 'content-length': picture.length };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}/api/commands/animate?${query}`,
      { method: 'POST', headers, agent: agent ?? false },
      (incoming) => {
        incoming.resume().on('error', reject);
        incoming.on('end', () =>
          incoming.statusCode === 201 ? resolve() : reject(new Error(`${incoming.statusCode}`)),
        );
      },
    );
    outgoing.on('error', reject).end(picture);
  });
}

async function untilRendering(url: string): Promise<void> {
  const wanted = `kinora_tasks{state="rendering"} ${availableParallelism()}`;
  while (!(await (await fetch(`${url}/metrics`)).text()).includes(wanted)) await delay(50);
}

async function startBare(folder: string): Promise<{ url: string; kill(): void }> {
  await mkdir(folder);
  const args = [...compiled('test/bench/bare-server.ts'), folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { url: String(line).replace('listening at ', '').replace('localhost', '127.0.0.1'), kill: () => child.kill() };
}

/** The first page of the conversation with many tasks against the same with few, taking turns. */
async function conversationPages(dir: string): Promise<Result[]> {
  const sizes = [20, 2_000];
  const bots: RunningBot[] = [];
  try {
    for (const size of sizes) {
      const home = join(dir, `conversation-${size}`);
      await fill(home, size);
      bots.push(await startBot({ DATA_DIR: home, LOG_LEVEL: 'error' }));
    }
    const times = bots.map((): number[] => []);
    for (let page = 0; page < PAGES; page++) {
      for (const [i, { url }] of bots.entries()) {
        const began = performance.now();
        const { tasks } = JSON.parse(await (await fetch(`${url}/api/conversation`)).text());
        if (tasks.length !== 20) throw new Error(`a page of ${tasks.length} tasks`);
        times[i]?.push(performance.now() - began);
      }
    }
    const [few = Number.NaN, many = Number.NaN] = times.map(median);
    return [
      told('conversation of 20 tasks', few, 'ms'),
      told('conversation of 2,000 tasks', many, 'ms'),
      atMost(1.2, 'conversation, 2,000 / 20 tasks', many / few, '×'),
    ];
  } finally {
    for (const bot of bots) await bot.stop();
  }
}

/** Puts finished tasks of the web chat on record. */
async function fill(dir: string, tasks: number): Promise<void> {
  const store = await openSqliteStore({ dir, clock: systemClock });
  const size = { width: 1280, height: 720 };
  for (let i = 0; i < tasks; i++) {
    await store.tasks.insert({
      id: newTaskId(store.now()),
      requestKey: `web:${i}`,
      requester: { id: 'web:local', name: 'You' },
      place: { platform: 'web', chat: 'main' },
      locale: 'en',
      scene: `waves roll in, slow zoom, number ${i}`,
      options: { motion: 5, seed: i, duration: 5, fit: 'crop' },
      provider: 'preview',
      cost: 0,
      picture: { type: 'upload' },
    });
    const [task] = await store.tasks.claimDue('bench', 1);
    if (!task) throw new Error('no task is due');
    const fitted = someFitted(size);
    const clip = { blob: 'clip-1', bytes: 1, sha256: '0'.repeat(64), size, durationMs: 5_000 };
    await store.tasks.save({ ...task, state: 'delivered', fitted, clip }, { owner: 'bench' });
  }
  await store.close();
}

/** The largest picture, once: how much more the program has in memory while it comes than before. */
async function receiving(dir: string): Promise<Result[]> {
  const bot = await startBot({ DATA_DIR: join(dir, 'receiving'), LOG_LEVEL: 'error' });
  try {
    await send(bot.url, await jpegOf(PICTURE_BYTES));
    await delay(2_000);
    const before = await memoryOf(bot.child.pid);
    if (!before) return [];
    await resetPeak(bot.child.pid);
    await send(bot.url, await jpegOf(25 * MB));
    const after = await memoryOf(bot.child.pid);
    return [atMost(50, 'memory added by receiving 25 MB', (after?.peakMb ?? Number.NaN) - before.nowMb, 'MB')];
  } finally {
    await bot.stop('SIGKILL');
  }
}

/** A picture of so many bytes: noise as fine as fits, then what decoders pass over. */
async function jpegOf(bytes: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const picture = await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 60 })
    .toBuffer();
  if (picture.length > bytes) throw new Error(`the picture has ${picture.length} bytes already`);
  return Buffer.concat([picture, Buffer.alloc(bytes - picture.length)]);
}
