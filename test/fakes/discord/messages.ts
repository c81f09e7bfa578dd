import { ChannelType, MessageFlags, PermissionFlagsBits as P } from 'discord.js';
import { imageSize } from 'image-size';
import { z } from 'zod';
import type { Cdn } from './cdn.ts';
import { type AnyComponent, readComponents, textOf } from './components.ts';
import { allowedMentions, pings } from './mentions.ts';
import { demand, may } from './permissions.ts';
import { type Code, invalid, parse, refuse, tooLargePage } from './refusal.ts';
import type { Asked, Route, Upload } from './server.ts';
import { attachmentPath, wireMessage } from './wire.ts';
import { type Attachment, type Channel, FLAGS, isThread, type Message, type World } from './world.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);
const embed = z
  .looseObject({
    ...{ title: z.string().max(256).nullish(), description: z.string().max(4096).nullish() },
    ...{ url: z.string().nullish(), footer: z.looseObject({ text: z.string().max(2048) }).nullish() },
    author: z.looseObject({ name: z.string().max(256) }).nullish(),
    fields: z
      .array(z.looseObject({ name: z.string().min(1).max(256), value: z.string().min(1).max(1024) }))
      .max(25)
      .nullish(),
  })
  .refine(
    (it) => JSON.stringify([it.title, it.description, it.footer?.text, it.author?.name, it.fields]).length <= 6200,
  );
const common = {
  content: z.string().max(2000, 'Must be 2000 or fewer in length.').nullish(),
  embeds: z.array(embed).max(10).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(z.unknown()).nullish(),
  attachments: z
    .array(
      z.object({
        ...{ id: z.union([snowflake, z.int()]).transform(String), filename: z.string().optional() },
        description: z.string().max(1024).nullish(),
      }),
    )
    .max(10)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'The ids must be unique')
    .nullish(),
  flags: z.int().nullish(),
};
const changing = z.object(common);
const creating = z.object({
  ...common,
  nonce: z.union([z.string().max(25, 'Must be 25 or fewer in length.'), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      ...{ type: z.literal(0).optional(), message_id: snowflake, channel_id: snowflake.optional() },
      ...{ guild_id: snowflake.optional(), fail_if_not_exists: z.boolean().default(true) },
    })
    .nullish(),
});

/** Discord is known to remember nonces for "the past few minutes". */
const NONCE_LIFE_MS = 3 * 60_000;
const HOUR_MS = 3_600_000;
const OLD_EDITS = { most: 3, perMs: 6000 };
const MESSAGE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
const MESSAGEABLE = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildVoice, ChannelType.DM];

export interface MessageRules {
  /** For one file, in bytes. */
  uploadLimit: number;
  /** How a file that is too large is refused: by the load balancer, or by Discord with 40005. */
  tooLarge: 'html' | 'json';
  /** What listing gives without Read Message History: in fact nothing, without any error. */
  listWithoutHistory: 'empty' | 'refused';
  /** AutoMod stops a message that holds one of these. */
  blockedWords: string[];
}

/** Whose words, where and for whom. */
interface Place {
  channel: Channel;
  limit: number;
  interaction?: Message['interaction'];
  ephemeralFor?: string;
}

export function createMessages({ world, cdn, rules }: { world: World; cdn: Cdn; rules: MessageRules }) {
  const nonces = new Map<string, { id: string; at: number }>();
  const oldEdits = new Map<string, number[]>();
  const { now } = world.clock;

  const limitOf = (channel: Channel): number =>
    channel.uploadLimit ?? world.guildOf(channel)?.uploadLimit ?? rules.uploadLimit;

  function tooLarge(files: Asked['files'], limit: number): void {
    if ([...files.values()].every(({ bytes }) => bytes.length <= limit)) return;
    throw rules.tooLarge === 'html' ? tooLargePage() : refuse(40005);
  }

  function store(channel: Channel, { name, type, bytes }: Upload, description?: string | null): Attachment {
    const attachment: Attachment = {
      ...{ id: world.nextId(), filename: name, size: bytes.length, contentType: type, bytes },
      ...sizeOf(bytes),
      ...(description ? { description } : {}),
    };
    cdn.put(attachmentPath(channel.id, attachment), { bytes, type });
    return attachment;
  }

  /** The state that a body asks for, from the state that was. Throws what Discord would refuse it with. */
  function compose(body: z.output<typeof changing>, files: Asked['files'], place: Place, was?: Message) {
    tooLarge(files, place.limit);
    const flags = was
      ? (was.flags & ~MESSAGE_FLAGS) | ((body.flags ?? was.flags) & MESSAGE_FLAGS)
      : (body.flags ?? 0) & MESSAGE_FLAGS;
    const isV2 = (flags & FLAGS.componentsV2) !== 0;
    if (was && was.flags & FLAGS.componentsV2 && !isV2)
      throw invalid('flags', 'The IS_COMPONENTS_V2 flag cannot be removed', 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG');
    const content = body.content === undefined ? (was?.content ?? '') : (body.content ?? '');
    const embeds = body.embeds === undefined ? (was?.embeds ?? []) : (body.embeds ?? []);
    if (isV2 && (content !== '' || embeds.length > 0))
      throw invalid(
        content === '' ? 'embeds' : 'content',
        'The field cannot be used when using MessageFlags.IS_COMPONENTS_V2',
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      );
    const known = new Set([...files.keys(), ...(was?.attachments ?? []).map(({ id }) => id)]);
    const listed = body.attachments ?? undefined;
    const stranger = listed?.find(({ id }) => !known.has(id));
    if (stranger) throw invalid('attachments', `Attachment data cannot be found for ${stranger.id}`, 'NOT_FOUND');
    const kept = (was?.attachments ?? []).filter(({ id }) => !listed || listed.some((it) => it.id === id));
    const named = [...files].map(([n, file]) => {
      const { filename, description } = listed?.find(({ id }) => id === n) ?? {};
      return { upload: { ...file, name: cleanName(filename ?? file.name) }, description };
    });
    if (kept.length + named.length > 10) throw invalid('attachments', 'Must be 10 or fewer in length.');
    const names = [...kept.map(({ filename }) => filename), ...named.map(({ upload }) => upload.name)];
    const components: AnyComponent[] =
      body.components === undefined && was
        ? was.components
        : readComponents(body.components ?? [], { isV2, files: names });
    if (content === '' && embeds.length === 0 && components.length === 0 && names.length === 0) throw refuse(50006);
    const text = `${content}\n${textOf(components)}`;
    if (rules.blockedWords.some((word) => text.toLowerCase().includes(word.toLowerCase()))) throw refuse(200000);
    return {
      state: { content, embeds, components, flags },
      text,
      /** Keeps the bytes; only once nothing is wrong any more. */
      attach: () => [...kept, ...named.map(({ upload, description }) => store(place.channel, upload, description))],
    };
  }

  function revision(message: Message, text: string, body: z.output<typeof changing>, repliedTo?: string): void {
    const { content, components, attachments } = message;
    message.revisions.push({
      ...{ at: now(), content, components, files: attachments.map(({ filename }) => filename) },
      pinged: pings(text, body.allowed_mentions ?? undefined, repliedTo),
      guarded: body.allowed_mentions !== undefined && body.allowed_mentions !== null,
    });
  }

  /** A message of the bot. Its permissions are the caller's business. */
  function create(
    given: unknown,
    files: Asked['files'],
    place: Place,
    also: Partial<Pick<Message, 'nonce' | 'replyTo'>> = {},
  ): Message {
    const body = parse(changing, given ?? {});
    const { state, text, attach } = compose(body, files, place);
    // Refuses contradictory allowances before anything is kept.
    pings(text, body.allowed_mentions ?? undefined, undefined);
    const message: Message = {
      ...{ id: world.nextId(), channelId: place.channel.id, authorId: world.bot.id, ...state },
      ...{ attachments: attach(), createdAt: now(), revisions: [], ...also },
      ...(place.interaction ? { interaction: place.interaction } : {}),
      ...(place.ephemeralFor === undefined ? {} : { ephemeralFor: place.ephemeralFor }),
    };
    if (place.ephemeralFor !== undefined) message.flags |= FLAGS.ephemeral;
    const replied = also.replyTo === undefined ? undefined : world.messages.get(also.replyTo);
    revision(message, text, body, replied?.authorId);
    world.messages.set(message.id, message);
    world.touch();
    return message;
  }

  /** Changes a message of the bot. Its permissions are the caller's business. */
  function change(message: Message, given: unknown, files: Asked['files'], place: Place): Message {
    const body = parse(changing, given ?? {});
    const { state, text, attach } = compose(body, files, place, message);
    pings(text, body.allowed_mentions ?? undefined, undefined);
    Object.assign(message, state, { attachments: attach() });
    if (!(message.flags & FLAGS.loading)) message.editedAt = now();
    message.flags &= ~FLAGS.loading;
    revision(message, text, body);
    world.touch();
    return message;
  }

  function remove(message: Message): void {
    message.deletedAt = now();
    for (const it of message.attachments) cdn.remove(attachmentPath(message.channelId, it));
    world.touch();
  }

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
    tooLarge(files, limitOf(channel));
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
    const message = create(
      body,
      files,
      { channel, limit: limitOf(channel) },
      { ...(hasNonce ? { nonce } : {}), ...(replyTo === undefined ? {} : { replyTo }) },
    );
    if (hasNonce) nonces.set(String(nonce), { id: message.id, at: now() });
    if (channel.thread?.archived) channel.thread.archived = false;
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
    return wireMessage(world, cdn, change(message, body, files, { channel, limit: limitOf(channel) }));
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
    remove(message);
  }

  /** Without the MessageContent intent a bot sees nothing of what others wrote, unless they wrote to it. */
  const isBlank = (channel: Channel, { authorId, content }: Message) =>
    authorId !== world.bot.id && channel.type !== ChannelType.DM && !content.includes(`<@${world.bot.id}>`);

  const paging = z.object({
    ...{ before: snowflake.optional(), after: snowflake.optional(), around: snowflake.optional() },
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
    return chosen.reverse().map((it) => wireMessage(world, cdn, it, { isBlank: isBlank(channel, it) }));
  }

  function get({ params }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel, P.ReadMessageHistory);
    const message = find(params);
    return wireMessage(world, cdn, message, { isBlank: isBlank(channel, message) });
  }

  const path = '/channels/:channel/messages';
  const routes: Route[] = [
    { name: 'createMessage', method: 'POST', path, handle: post },
    { name: 'listMessages', method: 'GET', path, handle: list },
    { name: 'getMessage', method: 'GET', path: `${path}/:message`, handle: get },
    { name: 'editMessage', method: 'PATCH', path: `${path}/:message`, handle: edit },
    { name: 'deleteMessage', method: 'DELETE', path: `${path}/:message`, handle: drop },
  ];
  return { routes, create, change, remove, limitOf, store, forgetNonces: () => nonces.clear() };
}

export type Messages = ReturnType<typeof createMessages>;

/** What Discord makes of a file's name. */
const cleanName = (name: string): string => name.replace(/[^\w.-]+/g, '_').slice(-100) || 'unknown';

function sizeOf(bytes: Buffer): { width: number; height: number } | object {
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    return {};
  }
}
