import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { z } from 'zod';
import type { Cdn } from './cdn.ts';
import { type Drafts, type MessageRules, snowflake, writing } from './drafts.ts';
import { demand, may } from './permissions.ts';
import { type Code, invalid, parse, refuse } from './refusal.ts';
import type { Asked, Route } from './server.ts';
import { isBlank, wireMessage } from './wire.ts';
import { type Channel, isThread, type Message, type World } from './world.ts';

const creating = z.object({
  ...writing,
  nonce: z.union([z.string().max(25, 'Must be 25 or fewer in length.'), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      type: z.literal(0).optional(),
      message_id: snowflake,
      channel_id: snowflake.optional(),
      guild_id: snowflake.optional(),
      fail_if_not_exists: z.boolean().default(true),
    })
    .nullish(),
});

/** Discord is known to remember nonces for "the past few minutes". */
const NONCE_LIFE_MS = 3 * 60_000;
const HOUR_MS = 3_600_000;
const OLD_EDITS = { most: 3, perMs: 6000 };
const { GuildText, GuildAnnouncement, GuildVoice, GuildStageVoice } = ChannelType;
const MESSAGEABLE: ChannelType[] = [GuildText, GuildAnnouncement, GuildVoice, GuildStageVoice];

interface Deps {
  world: World;
  cdn: Cdn;
  rules: MessageRules;
  drafts: Drafts;
  /** Tells the bot of its own message, too. */
  heard(message: Message): void;
}

/** The bot's messages in channels, threads and direct messages. */
export function createMessages({ world, cdn, rules, drafts, heard }: Deps) {
  const nonces = new Map<string, { id: string; at: number }>();
  const oldEdits = new Map<string, number[]>();
  const { now } = world.clock;
  const { limitOf } = drafts;

  /** One that everybody in the channel sees, or 10008. */
  function find({ channel, message }: Record<string, string>): Message {
    const found = world.messages.get(message ?? '');
    if (!found || found.channelId !== channel || found.deletedAt !== undefined || found.ephemeralFor !== undefined)
      throw refuse(10008);
    return found;
  }

  function repeated(nonce: string | number): Message | undefined {
    const known = nonces.get(String(nonce));
    if (!known || known.at + NONCE_LIFE_MS <= now()) return undefined;
    const message = world.messages.get(known.id);
    if (!message || message.deletedAt !== undefined) throw refuse(10008);
    return message;
  }

  /** Throws unless the bot may speak here, and wakes an archived thread. */
  function enter(channel: Channel, what: { files: boolean; embeds: boolean }): void {
    if (channel.type === ChannelType.DM) {
      const refusal: Code | undefined = world.users.get(channel.recipientId ?? '')?.refusesDms;
      if (refusal) throw refuse(refusal);
      return;
    }
    demand(world, channel, isThread(channel) ? P.SendMessagesInThreads : P.SendMessages);
    if (!isThread(channel) && !MESSAGEABLE.includes(channel.type)) throw refuse(50008);
    demand(world, channel, ...(what.files ? [P.AttachFiles] : []), ...(what.embeds ? [P.EmbedLinks] : []));
    if (channel.thread?.locked && !may(world, channel, P.ManageThreads)) throw refuse(160005);
  }

  function post({ params, body, files }: Asked) {
    const channel = world.channel(params.channel ?? '');
    drafts.refuseTooLarge(files, limitOf(channel));
    const read = parse(creating, body ?? {});
    enter(channel, { files: files.size > 0, embeds: (read.embeds?.length ?? 0) > 0 });
    const { message_reference: reference, nonce } = read;
    let replyTo: string | undefined;
    if (reference) {
      if (!may(world, channel, P.ReadMessageHistory)) throw refuse(160002);
      const target = world.messages.get(reference.message_id);
      const isThere =
        target?.channelId === channel.id && target.deletedAt === undefined && target.ephemeralFor === undefined;
      if (!isThere && reference.fail_if_not_exists)
        throw invalid('message_reference', 'Unknown message', 'REPLIES_UNKNOWN_MESSAGE');
      if (isThere) replyTo = target.id;
    }
    const hasNonce = nonce !== undefined && nonce !== null && nonce !== '';
    const existing = hasNonce && read.enforce_nonce ? repeated(nonce) : undefined;
    if (existing) return wireMessage(world, cdn, existing);
    const message = drafts.create(
      body,
      files,
      { channel, limit: limitOf(channel) },
      { ...(hasNonce ? { nonce } : {}), ...(replyTo === undefined ? {} : { replyTo }) },
    );
    if (hasNonce) nonces.set(String(nonce), { id: message.id, at: now() });
    if (channel.thread?.archived) channel.thread.archived = false;
    heard(message);
    return wireMessage(world, cdn, message);
  }

  /** Edits of messages older than an hour: a few in some seconds for each channel. */
  function countOldEdit({ createdAt, channelId }: Message): void {
    if (now() - createdAt < HOUR_MS) return;
    const recent = (oldEdits.get(channelId) ?? []).filter((at) => at > now() - OLD_EDITS.perMs);
    if (recent.length >= OLD_EDITS.most) throw refuse(30046);
    oldEdits.set(channelId, [...recent, now()]);
  }

  function edit({ params, body, files }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel);
    const message = find(params);
    if (message.authorId !== world.bot.id) throw refuse(50005);
    if (channel.thread?.archived) throw refuse(50083);
    if (files.size > 0) demand(world, channel, P.AttachFiles);
    countOldEdit(message);
    return wireMessage(world, cdn, drafts.change(message, body, files, { channel, limit: limitOf(channel) }));
  }

  function drop({ params }: Asked): undefined {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel);
    const message = find(params);
    if (message.authorId !== world.bot.id) {
      if (channel.type === ChannelType.DM) throw refuse(50003);
      demand(world, channel, P.ManageMessages);
    }
    if (channel.thread?.archived) throw refuse(50083);
    drafts.remove(message);
  }

  const paging = z.object({
    before: snowflake.optional(),
    after: snowflake.optional(),
    around: snowflake.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  });

  function list({ params, query }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel);
    const { before, after, around, limit } = parse(paging, Object.fromEntries(query));
    if (!may(world, channel, P.ReadMessageHistory)) {
      if (rules.listWithoutHistory === 'refused') throw refuse(50013);
      return [];
    }
    const all = world.messagesIn(channel.id).filter(({ ephemeralFor }) => ephemeralFor === undefined);
    const isOlder = (than: string) => (it: Message) => BigInt(it.id) < BigInt(than);
    const isNewer = (than: string) => (it: Message) => BigInt(it.id) > BigInt(than);
    const chosen =
      around !== undefined
        ? [
            ...all.filter(isOlder(around)).slice(-Math.floor(limit / 2)),
            ...all.filter((it) => !isOlder(around)(it)).slice(0, Math.ceil(limit / 2)),
          ]
        : before !== undefined
          ? all.filter(isOlder(before)).slice(-limit)
          : after !== undefined
            ? all.filter(isNewer(after)).slice(0, limit)
            : all.slice(-limit);
    return chosen.reverse().map((it) => wireMessage(world, cdn, it, { isBlank: isBlank(world, it) }));
  }

  function get({ params }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel, P.ReadMessageHistory);
    const message = find(params);
    return wireMessage(world, cdn, message, { isBlank: isBlank(world, message) });
  }

  const path = '/channels/:channel/messages';
  const routes: Route[] = [
    { name: 'createMessage', method: 'POST', path, handle: post },
    { name: 'listMessages', method: 'GET', path, handle: list },
    { name: 'getMessage', method: 'GET', path: `${path}/:message`, handle: get },
    { name: 'editMessage', method: 'PATCH', path: `${path}/:message`, handle: edit },
    { name: 'deleteMessage', method: 'DELETE', path: `${path}/:message`, handle: drop },
  ];
  return { routes, forgetNonces: () => nonces.clear() };
}
