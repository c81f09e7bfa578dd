import { AttachmentFlags, ChannelType, MessageReferenceType, MessageType } from 'discord.js';
import type { Cdn } from './cdn.ts';
import { shownFiles, wireComponents } from './components.ts';
import {
  type Attachment,
  type Channel,
  FLAGS,
  type Guild,
  isThread,
  type Message,
  type User,
  type World,
} from './world.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export const wireUser = ({ id, username, bot }: User) => ({
  id,
  username,
  discriminator: bot ? '0001' : '0',
  global_name: bot ? null : username,
  avatar: null,
  bot,
  public_flags: 0,
  flags: 0,
});

export const wireMember = (guild: Guild, user: User, permissions?: bigint) => ({
  ...{
    user: wireUser(user),
    nick: null,
    avatar: null,
    roles: guild.rolesOf.get(user.id) ?? [],
    joined_at: iso(1_600_000_000_000),
    deaf: false,
    mute: false,
  },
  flags: 0,
  pending: false,
  premium_since: null,
  communication_disabled_until: null,
  ...(permissions === undefined ? {} : { permissions: String(permissions), guild_id: guild.id }),
});

export function wireChannel(world: World, channel: Channel): Record<string, unknown> {
  const { id, type, name, guildId, parentId, recipientId, thread, deny, allow } = channel;
  const last = world.messagesIn(id).at(-1)?.id ?? null;
  if (type === ChannelType.DM) {
    const person = recipientId === undefined ? undefined : world.users.get(recipientId);
    return { id, type, last_message_id: last, flags: 0, recipients: person ? [wireUser(person)] : [] };
  }
  const common = { id, type, name, guild_id: guildId, parent_id: parentId ?? null, last_message_id: last, flags: 0 };
  if (thread)
    return {
      ...common,
      owner_id: thread.ownerId,
      rate_limit_per_user: 0,
      ...{
        message_count: world.messagesIn(id).length,
        member_count: 1,
        total_message_sent: world.messagesIn(id).length,
      },
      thread_metadata: {
        archived: thread.archived,
        locked: thread.locked,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: iso(thread.createdAt),
        create_timestamp: iso(thread.createdAt),
      },
    };
  return {
    ...common,
    position: 0,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites:
      deny || allow ? [{ id: world.bot.id, type: 1, allow: String(allow), deny: String(deny) }] : [],
  };
}

/** The role that all have, the bot too. */
export const wireEveryone = ({ id, botPermissions }: Guild) => wireRole(id, '@everyone', botPermissions);

export const wireRole = (id: string, name: string, permissions = 0n) => ({
  id,
  name,
  permissions: String(permissions),
  position: 0,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  flags: 0,
});

/** What GUILD_CREATE and `GET /guilds/{id}` tell. */
export function wireGuild(world: World, guild: Guild): Record<string, unknown> {
  const mine = [...world.channels.values()].filter(({ guildId, deleted }) => guildId === guild.id && !deleted);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    owner_id: guild.ownerId,
    features: guild.features,
    preferred_locale: guild.locale,
    premium_tier: guild.premiumTier,
    premium_subscription_count: 0,
    ...{
      afk_channel_id: null,
      afk_timeout: 300,
      verification_level: 0,
      default_message_notifications: 0,
      mfa_level: 0,
    },
    ...{
      explicit_content_filter: 0,
      nsfw_level: 0,
      system_channel_id: null,
      system_channel_flags: 0,
      rules_channel_id: null,
    },
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    premium_progress_bar_enabled: false,
    joined_at: iso(1_600_000_000_000),
    large: false,
    unavailable: false,
    member_count: guild.members.size + 1,
    roles: [wireEveryone(guild), ...[...guild.roles].map(([id, name]) => wireRole(id, name))],
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    application_id: null,
    members: [wireMember(guild, world.bot)],
    channels: mine.filter((it) => !isThread(it)).map((it) => wireChannel(world, it)),
    threads: mine.filter((it) => isThread(it) && !it.thread?.archived).map((it) => wireChannel(world, it)),
  };
}

export const attachmentPath = (channelId: string, { id, filename }: Attachment) =>
  `/attachments/${channelId}/${id}/${filename}`;

export function wireAttachment(cdn: Cdn, path: string, { id, filename, size, contentType, ...rest }: Attachment) {
  const url = cdn.link(path);
  return {
    id,
    filename,
    size,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(rest.width === undefined ? {} : { width: rest.width, height: rest.height }),
    ...(rest.description === undefined ? {} : { description: rest.description }),
    flags: rest.spoiler ? AttachmentFlags.IsSpoiler : 0,
  };
}

/** Whom a message names: its author's own words, or as it was allowed to. A reply names whom it answers. */
function namedIn(world: World, { authorId, content, replyTo, revisions }: Message): string[] {
  if (authorId === world.bot.id) return revisions.at(-1)?.pinged ?? [];
  const replied = replyTo === undefined ? undefined : world.messages.get(replyTo)?.authorId;
  return [...[...content.matchAll(/<@!?(\d+)>/g)].flatMap(([, id]) => id ?? []), ...(replied ? [replied] : [])];
}

/** Without the intent for it a bot sees nothing of what others wrote, unless they wrote to it or named it. */
export const isBlank = (world: World, message: Message): boolean =>
  message.authorId !== world.bot.id &&
  world.channels.get(message.channelId)?.type !== ChannelType.DM &&
  !namedIn(world, message).includes(world.bot.id);

const filesInEmbeds = (embeds: Message['embeds']): string[] =>
  [...JSON.stringify(embeds).matchAll(/"attachment:\/\/([^"]+)"/g)].flatMap(([, name]) => name ?? []);

/** A message as the API shows it. `isBlank`: what a bot without the MessageContent intent sees of other people's. */
export function wireMessage(
  world: World,
  cdn: Cdn,
  message: Message,
  { isBlank = false } = {},
): Record<string, unknown> {
  const { id, channelId, flags, createdAt, editedAt, nonce, replyTo, interaction, forwarded } = message;
  const author = world.users.get(message.authorId);
  const thread = flags & FLAGS.hasThread ? world.channels.get(id) : undefined;
  const attachments = message.attachments.map((it) => wireAttachment(cdn, attachmentPath(channelId, it), it));
  // Files that components or embeds show are not among them.
  const shown = [...shownFiles(message.components), ...filesInEmbeds(message.embeds)];
  const replied = replyTo === undefined ? undefined : world.messages.get(replyTo);
  const pinged = namedIn(world, message);
  const guildId = world.channels.get(channelId)?.guildId;
  return {
    id,
    channel_id: channelId,
    author: author && wireUser(author),
    tts: false,
    pinned: false,
    timestamp: iso(createdAt),
    edited_timestamp: editedAt === undefined ? null : iso(editedAt),
    type: typeOf(message),
    flags,
    mention_roles: [],
    mention_everyone: pinged.includes('everyone'),
    mentions: pinged.flatMap((it) => {
      const user = world.users.get(it);
      return user ? [wireUser(user)] : [];
    }),
    content: isBlank ? '' : message.content,
    embeds: isBlank ? [] : message.embeds,
    attachments: isBlank ? [] : attachments.filter(({ filename }) => !shown.includes(filename)),
    components: isBlank
      ? []
      : wireComponents(message.components, (name) => {
          const found = attachments.find(({ filename }) => filename === name);
          return found && { ...found, attachment_id: found.id, loading_state: 2 };
        }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(author?.bot ? { application_id: world.applicationId } : {}),
    ...(interaction ? { webhook_id: world.applicationId, interaction_metadata: metadata(world, message) } : {}),
    ...(replyTo === undefined
      ? {}
      : {
          message_reference: {
            type: MessageReferenceType.Default,
            channel_id: channelId,
            message_id: replyTo,
            guild_id: guildId,
          },
          referenced_message:
            replied && replied.deletedAt === undefined
              ? wireMessage(world, cdn, { ...replied, replyTo: undefined })
              : null,
        }),
    ...(forwarded
      ? {
          message_reference: {
            type: MessageReferenceType.Forward,
            channel_id: forwarded.channelId,
            message_id: forwarded.id,
          },
          message_snapshots: [{ message: snapshot(wireMessage(world, cdn, forwarded)) }],
        }
      : {}),
    ...(thread && !thread.deleted ? { thread: wireChannel(world, thread) } : {}),
  };
}

/** The few fields of a message that a forward carries. */
function snapshot(message: Record<string, unknown>): Record<string, unknown> {
  const carried = ['type', 'content', 'embeds', 'attachments', 'timestamp', 'edited_timestamp', 'flags', 'components'];
  return Object.fromEntries([...carried, 'mentions', 'mention_roles'].map((name) => [name, message[name]]));
}

function typeOf({ replyTo, interaction }: Message): MessageType {
  if (interaction) return interaction.name === undefined ? MessageType.Reply : MessageType.ChatInputCommand;
  return replyTo === undefined ? MessageType.Default : MessageType.Reply;
}

function metadata(world: World, { interaction }: Message) {
  const user = interaction && world.users.get(interaction.userId);
  const pressed = interaction?.sourceId === undefined ? {} : { interacted_message_id: interaction.sourceId };
  const type = interaction?.sourceId === undefined ? 2 : 3;
  return { id: interaction?.id, type, user: user && wireUser(user), authorizing_integration_owners: {}, ...pressed };
}
