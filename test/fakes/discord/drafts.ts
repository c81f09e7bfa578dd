import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import type { Cdn } from './cdn.ts';
import { linkedMedia, readComponents, textOf } from './components.ts';
import { cleanName, sizeOf } from './files.ts';
import { allowedMentions, pings, unfurls } from './mentions.ts';
import { invalid, parse, refuse, tooLargePage } from './refusal.ts';
import type { Asked, Upload } from './server.ts';
import { attachmentPath } from './wire.ts';
import { type Attachment, type Channel, FLAGS, type Message, type World } from './world.ts';

export const snowflake = z.string().regex(/^\d{1,20}$/);
const embed = z
  .looseObject({
    title: z.string().max(256).nullish(),
    description: z.string().max(4096).nullish(),
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
/** What a message can be made or changed with. */
export const writing = {
  content: z.string().max(2000, 'Must be 2000 or fewer in length.').nullish(),
  embeds: z.array(embed).max(10).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(z.unknown()).nullish(),
  attachments: z
    .array(
      z.object({
        id: z.union([snowflake, z.int()]).transform(String),
        filename: z.string().optional(),
        description: z.string().max(1024).nullish(),
        is_spoiler: z.boolean().optional(),
      }),
    )
    .max(10)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'The ids must be unique')
    .nullish(),
  flags: z.int().nullish(),
};
const changing = z.object(writing);
const MESSAGE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export interface MessageRules {
  /** For one file, in bytes. */
  uploadLimit: number;
  /** How a file that is too large is refused: by the load balancer, or by Discord with 40005. */
  tooLarge: 'html' | 'json';
  /** What listing gives without Read Message History: in fact nothing, without any error. */
  listWithoutHistory: 'empty' | 'refused';
  /** Whether components may show what lies at an address, too. */
  linkedMedia: 'taken' | 'refused';
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

/** What a message may hold: checks, writes, changes and removes messages of the bot, wherever they come from. */
export function createDrafts({ world, cdn, rules }: { world: World; cdn: Cdn; rules: MessageRules }) {
  const { now } = world.clock;

  const limitOf = (channel: Channel): number =>
    channel.uploadLimit ?? world.guildOf(channel)?.uploadLimit ?? rules.uploadLimit;

  function refuseTooLarge(files: Asked['files'], limit: number): void {
    if ([...files.values()].every(({ bytes }) => bytes.length <= limit)) return;
    throw rules.tooLarge === 'html' ? tooLargePage() : refuse(40005);
  }

  function store(
    channel: Channel,
    { name, type, bytes }: Upload,
    { description, spoiler }: { description?: string | null; spoiler?: boolean } = {},
  ): Attachment {
    const attachment: Attachment = {
      id: world.nextId(),
      filename: name,
      size: bytes.length,
      contentType: type,
      bytes,
      ...sizeOf(bytes),
      ...(description ? { description } : {}),
      ...(spoiler || name.startsWith('SPOILER_') ? { spoiler: true } : {}),
    };
    cdn.put(attachmentPath(channel.id, attachment), { bytes, type });
    return attachment;
  }

  /** The state that a body asks for, from the state that was. Throws what Discord would refuse it with. */
  function compose(body: z.output<typeof changing>, files: Asked['files'], place: Place, was?: Message) {
    refuseTooLarge(files, place.limit);
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
      const { filename, description, is_spoiler: spoiler } = listed?.find(({ id }) => id === n) ?? {};
      return { upload: { ...file, name: cleanName(filename ?? file.name) }, more: { description, spoiler } };
    });
    if (kept.length + named.length > 10) throw invalid('attachments', 'Must be 10 or fewer in length.');
    const names = [...kept.map(({ filename }) => filename), ...named.map(({ upload }) => upload.name)];
    // Also where they stay as they are: the pictures they show may go.
    const components = readComponents(body.components ?? was?.components ?? [], { isV2, files: names });
    if (rules.linkedMedia === 'refused' && linkedMedia(components).length > 0)
      throw invalid('components', 'The media cannot be loaded', 'UNFURLED_MEDIA_ITEM_NOT_FOUND');
    if (content === '' && embeds.length === 0 && components.length === 0 && names.length === 0) throw refuse(50006);
    const text = `${content}\n${textOf(components)}`;
    if (rules.blockedWords.some((word) => text.toLowerCase().includes(word.toLowerCase()))) throw refuse(200000);
    return {
      state: { content, embeds, components, flags },
      text,
      /** Keeps the bytes; only once nothing is wrong any more. */
      attach: () => [...kept, ...named.map(({ upload, more }) => store(place.channel, upload, more))],
    };
  }

  function revision(message: Message, text: string, body: z.output<typeof changing>, repliedTo?: string): void {
    const { content, components, attachments } = message;
    message.revisions.push({
      ...{ at: now(), content, components, files: attachments.map(({ filename }) => filename) },
      pinged: pings(text, body.allowed_mentions ?? undefined, repliedTo),
      unfurled: message.flags & MessageFlags.IsComponentsV2 ? [] : unfurls(content, message.flags),
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
      id: world.nextId(),
      channelId: place.channel.id,
      authorId: world.bot.id,
      ...state,
      attachments: attach(),
      createdAt: now(),
      revisions: [],
      ...also,
      ...(place.interaction ? { interaction: place.interaction } : {}),
      ...(place.ephemeralFor === undefined ? {} : { ephemeralFor: place.ephemeralFor }),
    };
    if (place.ephemeralFor !== undefined) message.flags |= FLAGS.ephemeral;
    const replied = also.replyTo === undefined ? undefined : world.messages.get(also.replyTo);
    revision(message, text, body, replied?.authorId);
    return world.add(message);
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

  function letGo(message: Message): void {
    for (const it of message.attachments) {
      cdn.remove(attachmentPath(message.channelId, it));
      it.bytes = Buffer.alloc(0);
    }
  }

  return { create, change, remove, letGo, limitOf, store, refuseTooLarge };
}

export type Drafts = ReturnType<typeof createDrafts>;
