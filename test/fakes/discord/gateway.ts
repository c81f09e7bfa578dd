import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { GatewayIntentBits, GatewayOpcodes as Op } from 'discord.js';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Cdn } from './cdn.ts';
import { isBlank, wireGuild, wireMember, wireMessage, wireUser } from './wire.ts';
import type { Message, User, World } from './world.ts';

export interface GatewayOptions {
  /** Bits of intents that the portal lets the bot have; without it those that need no approval, as far as they are known here. */
  intents?: number;
  /** What `/gateway/bot` recommends; an identify with fewer is closed with 4011. */
  shards?: number;
  heartbeatMs?: number;
  /** Shards whose ids have the same rest by it share a bucket. */
  maxConcurrency?: number;
  /** In a bucket one may identify in so long, 5,000 at Discord: without it at any time, as tests start the program again soon. */
  identifyEveryMs?: number;
}

const UNPRIVILEGED =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages |
  GatewayIntentBits.DirectMessageReactions;

/** Events of which it is remembered how many heard them. */
const MAX_HEARD = 10_000;

/** Times that the bot may identify in a day; beyond, its token is no good any more. */
const MAX_IDENTIFIES = 1000;

/** Of one session, events that a resume can still replay. */
const MAX_REPLAY = 1000;

interface Session {
  id: string;
  shard: [number, number];
  intents: number;
  socket: WebSocket | undefined;
  sequence: number;
  events: { s: number; payload: string }[];
}

const hello = z.object({ op: z.int(), d: z.unknown() });
const identify = z.object({
  ...{ token: z.string(), intents: z.int(), properties: z.looseObject({}) },
  shard: z.tuple([z.int(), z.int()]).default([0, 1]),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });

/** The gateway, JSON without compression. Several processes may be connected at once: each hears everything of its shard. */
export function createGateway({
  server,
  world,
  cdn,
  token,
  options,
  url,
}: {
  server: Server;
  world: World;
  cdn: Cdn;
  token: string;
  options: GatewayOptions;
  url: () => string;
}) {
  const { intents: allowed = UNPRIVILEGED, shards = 1, heartbeatMs = 41_250, maxConcurrency = 16 } = options;
  const { identifyEveryMs = 0 } = options;
  let remaining = MAX_IDENTIFIES;
  /** When each bucket is free again. */
  const freeAt = new Map<number, number>();
  const sessions = new Map<string, Session>();
  const closes: number[] = [];
  const seen = { identifies: 0, resumes: 0, tooSoon: 0 };
  /** Of each event that some session heard, how many had a connection then. */
  const heardBy: { event: string; guildId?: string; sessions: number }[] = [];
  const sockets = new WebSocketServer({ server, path: '/gateway' });

  function dispatch(session: Session, t: string, d: unknown): void {
    session.sequence += 1;
    const payload = JSON.stringify({ op: Op.Dispatch, t, s: session.sequence, d });
    session.events.push({ s: session.sequence, payload });
    if (session.events.length > MAX_REPLAY) session.events.shift();
    session.socket?.send(payload);
  }

  const shardOf = (guildId: string | undefined, total: number) =>
    guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(total));
  const hears = ({ shard: [mine, total] }: Session, guildId: string | undefined) => shardOf(guildId, total) === mine;

  function begin(socket: WebSocket, d: unknown): Session | number | undefined {
    const read = identify.safeParse(d);
    if (!read.success) return 4002;
    const { shard, intents, token: given } = read.data;
    seen.identifies += 1;
    if (given !== token) return 4004;
    if (intents & ~allowed) return 4014;
    if (shard[0] < 0 || shard[0] >= shard[1]) return 4010;
    if (shard[1] < shards) return 4011;
    if (remaining-- <= 0) return 4004;
    const bucket = shard[0] % maxConcurrency;
    if ((freeAt.get(bucket) ?? 0) > world.clock.now()) {
      seen.tooSoon += 1;
      socket.send(JSON.stringify({ op: Op.InvalidSession, d: false }));
      return undefined;
    }
    freeAt.set(bucket, world.clock.now() + identifyEveryMs);
    const session: Session = { id: randomUUID(), shard, intents, socket, sequence: 0, events: [] };
    sessions.set(session.id, session);
    const mine = [...world.guilds.values()].filter(({ id, botIsIn }) => botIsIn && hears(session, id));
    dispatch(session, 'READY', {
      ...{ v: 10, user: { ...wireUser(world.bot), verified: true, mfa_enabled: true, email: null }, shard },
      session_id: session.id,
      resume_gateway_url: url(),
      session_type: 'normal',
      private_channels: [],
      guilds: mine.map(({ id }) => ({ id, unavailable: true })),
      application: { id: world.applicationId, flags: 0 },
    });
    for (const guild of mine) dispatch(session, 'GUILD_CREATE', wireGuild(world, guild));
    world.touch();
    return session;
  }

  function again(socket: WebSocket, d: unknown): Session | number | undefined {
    const read = resume.safeParse(d);
    if (!read.success) return 4002;
    if (read.data.token !== token) return 4004;
    const session = sessions.get(read.data.session_id);
    const missed = session?.events.filter(({ s }) => s > read.data.seq) ?? [];
    const isWhole = session && read.data.seq <= session.sequence && missed.length === session.sequence - read.data.seq;
    if (!isWhole) {
      socket.send(JSON.stringify({ op: Op.InvalidSession, d: false }));
      return undefined;
    }
    seen.resumes += 1;
    session.socket?.terminate();
    session.socket = socket;
    for (const { payload } of missed) socket.send(payload);
    dispatch(session, 'RESUMED', {});
    world.touch();
    return session;
  }

  sockets.on('connection', (socket: WebSocket) => {
    let session: Session | undefined;
    const close = (code: number) => {
      closes.push(code);
      socket.close(code);
    };
    const start = (started: Session | number | undefined) => {
      if (typeof started === 'number') return close(started);
      session = started;
    };
    socket.send(JSON.stringify({ op: Op.Hello, d: { heartbeat_interval: heartbeatMs } }));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const read = parsed(String(data));
      if (!read) return close(4002);
      const { op, d } = read;
      if (op === Op.Heartbeat) return socket.send(JSON.stringify({ op: Op.HeartbeatAck }));
      if (op === Op.Identify) return session ? close(4005) : start(begin(socket, d));
      if (op === Op.Resume) return session ? close(4005) : start(again(socket, d));
      if (!session) close(4003);
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = undefined;
      // Whoever says goodbye in form gives the session up.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      world.touch();
    });
  });

  const live = () => [...sessions.values()].filter(({ socket }) => socket?.readyState === WebSocket.OPEN);
  return {
    /** To every session that hears this guild, and has the intent; without a guild to those that hear direct messages. */
    tell(guildId: string | undefined, event: string, data: object, intent = 0): void {
      const told = [...sessions.values()].filter(
        (session) => hears(session, guildId) && (session.intents & intent) === intent,
      );
      for (const session of told) dispatch(session, event, data);
      const open = told.filter(({ socket }) => socket?.readyState === WebSocket.OPEN);
      if (heardBy.push({ event, guildId, sessions: open.length }) > MAX_HEARD) heardBy.shift();
    },
    /** That a message was written, as far as the bot may hear of it. */
    tellMessage(message: Message): void {
      const channel = world.channel(message.channelId);
      const { guildId } = channel;
      const intent = guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
      const guild = world.guildOf(channel);
      if (guild?.botIsIn === false) return;
      const author = world.users.get(message.authorId);
      const data = {
        ...wireMessage(world, cdn, message, { isBlank: isBlank(world, message) }),
        channel_type: channel.type,
        ...(guild && author ? { guild_id: guild.id, member: wireMember(guild, author) } : {}),
      };
      this.tell(guildId, 'MESSAGE_CREATE', data, intent);
    },
    /** That somebody reacted to a message, or took it back, as far as the bot may hear of it. */
    tellReaction(message: Message, user: User, { emoji, isOn }: { emoji: string; isOn: boolean }): void {
      const channel = world.channel(message.channelId);
      const guild = world.guildOf(channel);
      const intent = guild ? GatewayIntentBits.GuildMessageReactions : GatewayIntentBits.DirectMessageReactions;
      // Only where it is given it is told by whom, and whose the message is.
      const whose = isOn ? { message_author_id: message.authorId } : {};
      const data = {
        ...{ user_id: user.id, channel_id: channel.id, message_id: message.id, emoji: { id: null, name: emoji } },
        ...{ burst: false, type: 0, ...whose },
        ...(guild ? { guild_id: guild.id, ...(isOn ? { member: wireMember(guild, user) } : {}) } : {}),
      };
      this.tell(guild?.id, isOn ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', data, intent);
    },
    /** Sessions with an open socket. */
    connected: (): number => live().length,
    /** Cuts every socket without a word; the sessions can be resumed. */
    drop: (): void => live().forEach(({ socket }) => void socket?.terminate()),
    /** Asks every client to reconnect and resume (op 7). */
    reconnect: (): void =>
      live().forEach(({ socket }) => void socket?.send(JSON.stringify({ op: Op.Reconnect, d: null }))),
    /** Ends every connection with a code. */
    refuse: (code: number): void => live().forEach(({ socket }) => void socket?.close(code)),
    /** Forgets every session: the next resume is refused with op 9. */
    forget(): void {
      const open = live();
      sessions.clear();
      for (const { socket } of open) socket?.terminate();
    },
    /** Shards of sessions with an open socket, a session each, as `[id, total]`. */
    connectedShards: () => live().map(({ shard }) => shard),
    closes,
    seen,
    heardBy,
    shards,
    limit: () => ({
      total: MAX_IDENTIFIES,
      remaining,
      reset_after: 86_400_000,
      max_concurrency: maxConcurrency,
    }),
    async close(): Promise<void> {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function parsed(text: string): z.output<typeof hello> | undefined {
  try {
    return hello.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
