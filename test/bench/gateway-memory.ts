import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ChannelType, Client, GatewayIntentBits, GatewayOpcodes as Op, PermissionFlagsBits } from 'discord.js';
import pino from 'pino';
import { Agent } from 'undici';
import { type WebSocket, WebSocketServer } from 'ws';
import { connect } from '../../src/chat/discord/receive/gateway.ts';
import { addressOf } from '../helpers/listening.ts';
import { atMost, type Bench, told } from './bench.ts';
import { collect } from './collect.ts';

/** As many as one shard has at most. */
const SERVERS = 2_000;
const MB = 1024 * 1024;

/** Memory that a gateway's servers take, beside discord.js as it comes: a line each. */
export const gatewayMemory: Bench = async () => {
  const [bare, ours] = [await perThousand(openBare), await perThousand(openOurs)];
  return [
    told('discord.js as it comes, for each 1,000 servers', bare, 'MB'),
    told('Kinora’s gateway, for each 1,000 servers', ours, 'MB'),
    // Emojis and stickers are the least that it does without: a build whose classes have other names kept them once.
    atMost(0.96, 'Kinora’s gateway / discord.js', ours / bare, '×'),
  ];
};

type Open = (url: string, api: string) => { ready: Promise<unknown>; close(): Promise<void> };

const openOurs: Open = (url, api) => {
  const agent = new Agent();
  const limit = { total: 1000, remaining: 1000, reset_after: 1, max_concurrency: 1 };
  const { ready, close } = connect({
    ...{ apiUrl: api, token: 'a.b.c', shard: 0, total: 1, agent, log: pino({ level: 'silent' }) },
    information: { url, shards: 1, session_start_limit: limit },
    identify: { waitForIdentify: async () => {} },
    ...{ onInteraction() {}, onMessage() {}, onReaction() {}, doors() {}, servers() {}, onRefused() {} },
  });
  return {
    ready,
    async close() {
      await close();
      await agent.destroy();
    },
  };
};

const openBare: Open = (_url, api) => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    rest: { api },
  });
  const ready = once(client, 'clientReady');
  void client.login('a.b.c');
  return { ready, close: () => client.destroy() };
};

/** MB of the heap that are there because of 1,000 servers. */
async function perThousand(open: Open): Promise<number> {
  const heap = { few: await heapWith(10, open), many: await heapWith(10 + SERVERS, open) };
  return (heap.many - heap.few) / MB / (SERVERS / 1_000);
}

/** Bytes of the heap after the collection, with so many servers connected. */
async function heapWith(count: number, open: Open): Promise<number> {
  const standIn = await startStandIn(count);
  collect();
  const before = process.memoryUsage().heapUsed;
  const { ready, close } = open(standIn.url, standIn.api);
  await ready;
  // What the last of them left to be done.
  await delay(500);
  collect();
  const after = process.memoryUsage().heapUsed;
  await close();
  await standIn.close();
  return after - before;
}

/** A gateway that tells of servers, and keeps none of it. */
async function startStandIn(count: number) {
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json');
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 1, max_concurrency: 1 };
    res.end(JSON.stringify({ url, shards: 1, session_start_limit }));
  });
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = addressOf(server);
  const url = `ws://127.0.0.1:${port}/gateway`;
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: Op.Hello, d: { heartbeat_interval: 45_000 } }));
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data)) as { op: number };
      if (op === Op.Heartbeat) socket.send(JSON.stringify({ op: Op.HeartbeatAck }));
      if (op === Op.Identify) void tellAll(socket, count);
    });
  });
  return {
    url,
    api: `http://127.0.0.1:${port}/api`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function tellAll(socket: WebSocket, count: number): Promise<void> {
  const send = (s: number, t: string, d: object) =>
    new Promise<void>((resolve) => socket.send(JSON.stringify({ op: Op.Dispatch, t, s, d }), () => resolve()));
  const ids = Array.from({ length: count }, (_, n) => String((360_000_000_000n + BigInt(n)) << 22n));
  await send(1, 'READY', {
    ...{ v: 10, user: BOT, session_id: 'x', resume_gateway_url: 'ws://127.0.0.1:1', shard: [0, 1] },
    ...{ guilds: ids.map((id) => ({ id, unavailable: true })), application: { id: BOT.id, flags: 0 } },
  });
  for (const [n, id] of ids.entries()) await send(n + 2, 'GUILD_CREATE', serverOf(id));
}

const BOT = {
  id: '300000000000000001',
  username: 'Kinora',
  discriminator: '0',
  global_name: null,
  avatar: null,
  bot: true,
};

/** A server of the middle size: 40 channels with 4 overwrites each, 25 roles, 30 emojis, 5 stickers, 5 threads. */
function serverOf(id: string) {
  const within = (n: number) => String(BigInt(id) + BigInt(n));
  const permissions = String(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
  const many = <T>(length: number, of: (n: number) => T) => Array.from({ length }, (_, n) => of(n));
  const overwrites = many(4, (n) => ({ id: within(n), type: 0, allow: permissions, deny: '0' }));
  const text = (n: number) => ({ topic: `what channel ${n} of ${id} is about`, last_message_id: within(9_000 + n) });
  return {
    ...{ id, name: `server ${id}`, icon: 'a'.repeat(32), splash: null, owner_id: within(1), preferred_locale: 'en-US' },
    ...{
      afk_channel_id: null,
      afk_timeout: 300,
      verification_level: 1,
      default_message_notifications: 1,
      mfa_level: 0,
    },
    ...{
      explicit_content_filter: 2,
      features: ['COMMUNITY', 'NEWS'],
      application_id: null,
      system_channel_id: within(100),
    },
    ...{
      system_channel_flags: 0,
      rules_channel_id: within(101),
      vanity_url_code: null,
      description: null,
      banner: null,
    },
    ...{ premium_tier: 1, premium_subscription_count: 3, nsfw_level: 0, premium_progress_bar_enabled: false },
    ...{ joined_at: '2026-01-01T00:00:00.000Z', large: true, unavailable: false, member_count: 400 },
    ...{ voice_states: [], presences: [], stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [] },
    members: [
      { user: BOT, roles: [within(3)], joined_at: '2026-01-01T00:00:00.000Z', deaf: false, mute: false, flags: 0 },
    ],
    roles: many(25, (n) => ({
      ...{ id: n === 0 ? id : within(n), name: `role ${n} of ${id}`, permissions, position: n, color: n, hoist: false },
      ...{ managed: false, mentionable: true, icon: null, unicode_emoji: null, flags: 0 },
    })),
    emojis: many(30, (n) => ({
      ...{ id: within(1_000 + n), name: `emoji_${n}_${id}`, roles: [], require_colons: true, managed: false },
      ...{ animated: false, available: true },
    })),
    stickers: many(5, (n) => ({
      ...{ id: within(2_000 + n), name: `sticker ${n}`, description: null, tags: 'cat', type: 2, format_type: 1 },
      ...{ available: true, guild_id: id },
    })),
    channels: many(40, (n) => ({
      ...{ id: within(100 + n), name: `channel-${n}-${id}`, position: n, flags: 0, permission_overwrites: overwrites },
      ...(n < 5
        ? { type: ChannelType.GuildCategory }
        : n < 30
          ? {
              type: ChannelType.GuildText,
              parent_id: within(100 + (n % 5)),
              nsfw: false,
              rate_limit_per_user: 0,
              ...text(n),
            }
          : { type: ChannelType.GuildVoice, parent_id: within(100 + (n % 5)), bitrate: 64_000, user_limit: 0 }),
    })),
    threads: many(5, (n) => ({
      ...{ id: within(3_000 + n), type: ChannelType.PublicThread, name: `thread ${n} of ${id}`, guild_id: id },
      ...{ parent_id: within(110), owner_id: within(1), message_count: 5, member_count: 3, rate_limit_per_user: 0 },
      thread_metadata: {
        archived: false,
        auto_archive_duration: 1440,
        archive_timestamp: '2026-01-01T00:00:00.000Z',
        locked: false,
      },
    })),
  };
}
