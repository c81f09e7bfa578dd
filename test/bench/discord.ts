import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Routes } from 'discord.js';
import { commands as table } from '../../commands/index.ts';
import { discordCommands } from '../../src/chat/discord/receive/commands.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { newTaskId } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import type { Deed } from '../fakes/discord/people.ts';
import type { Channel, User } from '../fakes/discord/world.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { compiled } from '../helpers/compiled.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { someFitted } from '../helpers/task.ts';
import { atMost, type Bench, firstAnswers, type Result, told } from './bench.ts';
import { collect } from './collect.ts';
import { freePort } from './free-port.ts';
import { memoryOf } from './memory.ts';

const PER_SECOND = 100;
/** 30 seconds for each, in turns. */
const [ROUND_SECONDS, ROUNDS] = [5, 6];
const CHANNELS = 200;
const [CLIPS, CLIP_BYTES] = [50, 8 * 1024 * 1024];
const KEY = 'key-0123456789abcdef';

/** How long people wait for a first answer on Discord while clips are made and delivered; what deliveries take in memory. */
export const discord: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-discord-'));
  try {
    return [...(await acknowledgement(dir)), ...(await deliveries(dir))];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

/** A stand-in with people in many channels. Its clock is finer than a millisecond. */
async function crowd() {
  const standIn = await startDiscord({ now: () => performance.timeOrigin + performance.now() });
  const guild = standIn.guild();
  const user = standIn.user({ name: 'ann' });
  standIn.join(guild, user);
  const channels = Array.from({ length: CHANNELS }, () => standIn.channel(guild));
  return { standIn, guild, user, channels };
}
type Crowd = Awaited<ReturnType<typeof crowd>>;

const settingsFor = (standIn: FakeDiscord, dir: string): Record<string, string> => ({
  DISCORD_TOKEN: standIn.token,
  DISCORD_API_URL: standIn.api,
  DISCORD_CDN_URL: standIn.cdn,
  DATA_DIR: dir,
  ALLOW: '*',
  MAX_WAITING_PER_PERSON: '100000',
  MAX_WAITING_PER_CHAT: '100000',
  API_KEYS: KEY,
  LOG_LEVEL: 'error',
});

/** The program and a bare bot take turns, each with a stand-in of its own in one process. */
async function acknowledgement(dir: string): Promise<Result[]> {
  const service = await startAivideoapi({ keys: { [KEY]: 1_000_000 }, schedule: { ms: 1_000 } });
  const [ours, theirs] = [await crowd(), await crowd()];
  const port = await freePort();
  const bare = await startBare(theirs.standIn, join(dir, 'bare'));
  let bot: RunningBot | undefined;
  try {
    bot = await startBot({
      ...settingsFor(ours.standIn, join(dir, 'bot')),
      AIVIDEOAPI_URL: service.url,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    await ours.standIn.ready();
    const picture = await tinyPng();
    // Both are warm, and clips are under way.
    for (const each of [theirs, ours]) await load(each, picture, 1);
    await ours.standIn.until(() => ours.standIn.clips().length > 0, 60_000);
    const times: { bare: number[][]; kinora: number[][] } = { bare: [], kinora: [] };
    const before = ours.standIn.clips().length;
    for (let round = 0; round < ROUNDS; round++) {
      collect();
      times.bare.push(await load(theirs, picture, ROUND_SECONDS));
      collect();
      times.kinora.push(await load(ours, picture, ROUND_SECONDS));
    }
    return [
      ...firstAnswers(times, { against: 'bare discord.js bot', perSecond: PER_SECOND }),
      told('messages with files that were posted meanwhile', ours.standIn.clips().length - before, ''),
    ];
  } finally {
    bare.kill('SIGKILL');
    await bot?.stop('SIGKILL');
    await Promise.all([ours.standIn.close(), theirs.standIn.close(), service.close()]);
  }
}

/** Interactions at fixed instants, whatever becomes of those before. Milliseconds from each to its answer. */
async function load({ standIn, user, channels }: Crowd, bytes: Buffer, seconds: number): Promise<number[]> {
  const began = performance.now();
  const deeds: Deed[] = [];
  for (let i = 0; i < PER_SECOND * seconds; i++) {
    await delay(Math.max(0, began + (i * 1000) / PER_SECOND - performance.now()));
    const channel = channels[i % channels.length];
    if (!channel) throw new Error('no channel');
    deeds.push(
      standIn.slash({
        user,
        channel,
        command: 'animate',
        options: { scene: 'slow zoom in' },
        attachment: { bytes, name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 },
      }),
    );
  }
  return Promise.all(deeds.map(async (deed) => (await deed.acknowledged()).latencyMs));
}

async function startBare(standIn: FakeDiscord, folder: string): Promise<ChildProcess> {
  await mkdir(folder);
  const commands = `${standIn.api}/v10${Routes.applicationCommands(standIn.applicationId)}`;
  const headers = { authorization: `Bot ${standIn.token}`, 'content-type': 'application/json' };
  await fetch(commands, { method: 'PUT', headers, body: JSON.stringify(discordCommands(table, { isGlobal: true })) });
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [...compiled('test/bench/bare-discord.ts'), folder], {
    env: { PATH, DISCORD_TOKEN: standIn.token, DISCORD_API_URL: standIn.api },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

/** Clips that are ready when the program starts. */
async function deliveries(dir: string): Promise<Result[]> {
  const people = await crowd();
  const { standIn } = people;
  const home = join(dir, 'deliveries');
  await fill(home, people);
  let bot: RunningBot | undefined;
  try {
    const began = performance.now();
    bot = await startBot(settingsFor(standIn, home));
    await standIn.until(() => standIn.clips().length >= CLIPS, 300_000);
    const seconds = (performance.now() - began) / 1000;
    const memory = await memoryOf(bot.child.pid);
    return [
      told(`${CLIPS} clips of 8 MB, from the start to the last`, seconds, 's'),
      ...(memory ? [atMost(300, 'memory at most, while they were delivered', memory.peakMb, 'MB')] : []),
    ];
  } finally {
    await bot?.stop('SIGKILL');
    await standIn.close();
  }
}

async function fill(dir: string, { guild, user, channels }: Crowd): Promise<void> {
  const store = await openSqliteStore({ dir, clock: systemClock });
  const size = { width: 1280, height: 720 };
  for (let i = 0; i < CLIPS; i++) {
    await store.tasks.insert(newTask(store.now(), i, { user, channel: channels[i], community: guild.id }));
    const [task] = await store.tasks.claimDue('bench', 1);
    if (!task) throw new Error('no task is due');
    const { sha256 } = await store.blobs.write(task.id, 'clip-1', [Buffer.alloc(CLIP_BYTES, i)], {
      maxBytes: CLIP_BYTES,
    });
    const fitted = someFitted(size);
    const clip = { blob: 'clip-1', bytes: CLIP_BYTES, sha256, size, durationMs: 5_000 };
    await store.tasks.save({ ...task, state: 'ready', fitted, clip }, { owner: 'bench', dueAt: store.now() });
    // Not due again before all are there.
    await store.tasks.claimDue('bench', 1);
  }
  await store.close();
}

const newTask = (
  now: number,
  i: number,
  { user, channel, community }: { user: User; channel: Channel | undefined; community: string },
) => ({
  id: newTaskId(now),
  requestKey: `discord:${i}`,
  requester: { id: `discord:${user.id}`, name: 'ann' },
  place: { platform: 'discord', chat: channel?.id ?? '', community },
  locale: 'en',
  scene: `slow zoom in, number ${i}`,
  options: { motion: 5, seed: i, duration: 5 as const, fit: 'crop' as const },
  provider: 'aivideoapi',
  cost: 1,
  picture: { type: 'upload' as const },
});
