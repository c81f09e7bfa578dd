import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeDiscord, startDiscord } from '../../fakes/discord/discord.ts';
import type { Channel, User } from '../../fakes/discord/world.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { mongoUrl, noMongo } from '../../helpers/mongo.ts';

const SHARDS = 4;
/** 15 s are promised; this machine may be busy. */
const TAKEN_OVER_MS = 25_000;

/** A gateway in a process of its own, and what it says that it hears. */
interface GatewayProcess {
  bot: RunningBot;
  hears: string[];
}

let dir: string;
let url: string;
let discord: FakeDiscord;
let ann: User;
let channels: Channel[];
let gateways: GatewayProcess[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-shards-'));
  url = mongoUrl();
  gateways = [];
  // Two buckets, in each of which one may identify in five seconds, as Discord has it.
  discord = await startDiscord({ gateway: { shards: SHARDS, maxConcurrency: 2, identifyEveryMs: 5_000 } });
  ann = discord.user({ name: 'ann' });
  channels = Array.from({ length: SHARDS }, (_, shard) => {
    const guild = discord.guild({ id: String((360_000_000_000n + BigInt(shard)) << 22n) });
    discord.join(guild, ann);
    return discord.channel(guild);
  });
});
afterEach(async () => {
  await Promise.all(gateways.map(({ bot }) => bot.stop('SIGKILL')));
  await discord.close();
  await rm(dir, { recursive: true, force: true });
});

async function start(): Promise<GatewayProcess> {
  const hears: string[] = [];
  const bot: RunningBot = await startBot(
    {
      MONGO_URL: url,
      DATA_DIR: join(dir, String(gateways.length)),
      ROLE: 'gateway',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      DISCORD_CDN_URL: discord.cdn,
      LOG_LEVEL: 'info',
    },
    {
      onLog(line) {
        const said = /this process hears (.+? of \d+)/.exec(line)?.[1];
        if (said !== undefined) hears.push(said);
      },
    },
  );
  const gateway = { bot, hears };
  gateways.push(gateway);
  return gateway;
}

const connected = () =>
  discord.gateway
    .connectedShards()
    .map(([shard]) => shard)
    .toSorted();
const allConnected = (withinMs: number) =>
  expect.poll(connected, { timeout: withinMs, interval: 50 }).toEqual([0, 1, 2, 3]);

/** Somebody does something in each server: each is answered once, by the one process that hears it. */
async function eachIsHeardOnce(): Promise<void> {
  const before = discord.gateway.heardBy.length;
  const deeds = channels.map((channel) => discord.slash({ user: ann, channel, command: 'cancel' }));
  for (const deed of deeds) expect((await deed.answer()).content).toBe('None of your clips is being made here.');
  expect(deeds.flatMap(({ interaction }) => interaction.refused)).toEqual([]);
  const told = discord.gateway.heardBy.slice(before).filter(({ event }) => event === 'INTERACTION_CREATE');
  expect(told.map(({ sessions }) => sessions)).toEqual([1, 1, 1, 1]);
}

/** One ends; the others hear all of it, in time. */
async function othersTakeOver(why: string, end: () => Promise<unknown>): Promise<void> {
  const endedAt = performance.now();
  await end();
  await allConnected(TAKEN_OVER_MS);
  console.log(`taken over after ${why}: ${Math.round(performance.now() - endedAt)} ms`);
  await eachIsHeardOnce();
}

describe.skipIf(noMongo)('two gateways on one record', () => {
  test('share the shards, and each takes over where the other is killed, stands still or ends', async () => {
    const one = await start();
    await allConnected(30_000);
    const two = await start();
    await expect
      .poll(() => [one.hears.at(-1), two.hears.at(-1)], { timeout: 30_000 })
      .toEqual(['shards 0-1 of 4', 'shards 2-3 of 4']);
    await allConnected(30_000);
    await eachIsHeardOnce();

    await othersTakeOver('a kill', () => one.bot.stop('SIGKILL'));

    const three = await start();
    await expect.poll(() => three.hears.at(-1), { timeout: 30_000 }).toBe('shards 2-3 of 4');
    await allConnected(30_000);
    two.bot.child.kill('SIGSTOP');
    // Its connections stand, and hear what the other hears, too, once that has taken over.
    await expect.poll(connected, { timeout: TAKEN_OVER_MS, interval: 50 }).toEqual([0, 0, 1, 1, 2, 3]);
    const late = discord.slash({ user: ann, channel: channels[0] ?? ({ id: '' } as Channel), command: 'cancel' });
    await late.answer();
    two.bot.child.kill('SIGCONT');
    await expect.poll(() => two.hears.at(-1), { timeout: 30_000 }).toBe('shards 2-3 of 4');
    await allConnected(30_000);
    expect(late.interaction.refused).toEqual([]);
    await eachIsHeardOnce();

    await othersTakeOver('an end', () => three.bot.stop('SIGTERM'));
    expect(discord.gateway.seen.tooSoon).toBe(0);
    expect(discord.gateway.closes).toEqual([]);
  });
});
