import { z } from 'zod';
import { baseUrl, word } from '../../settings/fields.ts';
import { setting, type Values } from '../../settings/setting.ts';
import { shardsSchema } from './shards.ts';

const TOKEN_RULE =
  'must be the token from the page "Bot" of your application, three parts with dots between them: not its number, public key or client secret';
const SNOWFLAKE_RULE = 'must be the number of a server, 17 to 20 digits';

export const discordSettings = {
  DISCORD_TOKEN: setting(
    word()
      .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, TOKEN_RULE)
      .optional(),
    { says: "the bot's token, which connects it", secret: true },
  ),
  DISCORD_REPLY: setting(z.enum(['thread', 'reply']).default('thread'), {
    says: '`thread`: clips come in a thread on their card; `reply`: as a reply to it',
  }),
  DISCORD_GUILD_ID: setting(
    z
      .string()
      .regex(/^\d{17,20}$/, SNOWFLAKE_RULE)
      .optional(),
    {
      says: 'a server for trying things out: the commands are there at once, and there alone (`/admin` in direct messages)',
    },
  ),
  GALLERY_CHANNEL: setting(
    z
      .string()
      .regex(/^\d{17,20}$/, 'must be the number of a channel, 17 to 20 digits')
      .optional(),
    { says: 'a channel that shows what many people starred; see `STARS_NEEDED`' },
  ),
  SHARDS: setting(shardsSchema.default('auto'), {
    says: '`auto`: the gateways of one MongoDB share the servers of a large bot among themselves; `0-15/32`: this one hears shards 0 to 15 of 32, and others have to hear the rest',
  }),
  DISCORD_API_URL: setting(baseUrl().default('https://discord.com/api'), {
    says: "the address of Discord's API, without a version, for a proxy",
  }),
  DISCORD_CDN_URL: setting(baseUrl().optional(), {
    says: "an origin for pictures beside Discord's own, for a proxy",
  }),
};

/** The settings of Discord's adapter. */
export type DiscordConfig = NonNullable<ReturnType<typeof discordConfig>>;

/** Undefined without a token. */
export function discordConfig(given: Values<typeof discordSettings>) {
  const { DISCORD_TOKEN: token } = given;
  if (token === undefined) return undefined;
  return {
    token,
    guildId: given.DISCORD_GUILD_ID,
    reply: given.DISCORD_REPLY,
    gallery: given.GALLERY_CHANNEL,
    shards: given.SHARDS,
    apiUrl: given.DISCORD_API_URL,
    cdnUrl: given.DISCORD_CDN_URL,
  };
}
