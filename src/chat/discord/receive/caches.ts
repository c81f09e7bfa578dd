import {
  ApplicationCommandManager,
  AutoModerationRuleManager,
  BaseGuildEmojiManager,
  EntitlementManager,
  GuildBanManager,
  GuildEmojiManager,
  GuildInviteManager,
  type GuildMember,
  GuildMemberManager,
  GuildScheduledEventManager,
  GuildStickerManager,
  MessageManager,
  Options,
  PresenceManager,
  ReactionManager,
  ReactionUserManager,
  StageInstanceManager,
  ThreadMemberManager,
  type User,
  UserManager,
  VoiceStateManager,
} from 'discord.js';

/** The bot itself, and who did something last: their names and rights come with what they do. */
const PEOPLE = { maxSize: 1, keepOverLimit: ({ id, client }: User | GuildMember) => id === client.user?.id };
/** None of it is looked at here. */
const NONE = [
  ...[MessageManager, ReactionManager, ReactionUserManager, BaseGuildEmojiManager, GuildEmojiManager],
  ...[GuildStickerManager, PresenceManager, VoiceStateManager, StageInstanceManager, ThreadMemberManager],
  ...[GuildBanManager, GuildInviteManager, GuildScheduledEventManager, AutoModerationRuleManager],
  ...[ApplicationCommandManager, EntitlementManager],
];
/** By the names that discord.js goes by, as they are here: a bundler may give its classes others. */
const LIMITS = Object.fromEntries<typeof PEOPLE | 0>([
  ...NONE.map((manager) => [manager.name, 0] as const),
  ...[UserManager, GuildMemberManager].map((manager) => [manager.name, PEOPLE] as const),
]);

/** What discord.js remembers: servers with their channels and roles, which permissions are reckoned by. */
export const makeCache = Options.cacheWithLimits(LIMITS);
