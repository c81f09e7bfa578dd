import type { Message, PermissionsBitField, RepliableInteraction } from 'discord.js';

/** Something that a person did, by an interaction or a message: who, where, in which language, and what the bot may do there. */
export interface Heard {
  id: string;
  user: { id: string; displayName: string };
  channelId: string | null;
  channel: RepliableInteraction['channel'] | Message['channel'];
  guildId: string | null;
  guild: Message['guild'];
  locale: string;
  /** In bytes; absent where Discord does not tell. */
  attachmentSizeLimit?: number;
  /** Absent where it is not known. */
  appPermissions?: Readonly<PermissionsBitField> | null;
  /** Null in a conversation, and where Discord does not tell. */
  member: RepliableInteraction['member'] | Message['member'];
  /** What the person may do there; absent of a message. */
  memberPermissions?: Readonly<PermissionsBitField> | null;
}

const DEFAULT_LOCALE = 'en-US';

/** A message says nothing of its author's language: its server has one. */
export function heardMessage(message: Message): Heard {
  const { id, author: user, channelId, guildId, guild, member, client } = message;
  // A conversation is not remembered.
  const channel = message.inGuild() ? message.channel : null;
  const locale = guild?.preferredLocale ?? DEFAULT_LOCALE;
  const appPermissions = channel?.permissionsFor(client.user);
  return { id, user, channelId, channel, guildId, guild, member, locale, appPermissions };
}
