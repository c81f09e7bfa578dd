import { z } from 'zod';

/** The bot's application, as `/applications/@me` tells it. */
export const applicationSchema = z.object({
  id: z.string(),
  approximate_guild_count: z.number().default(0),
  bot: z.object({ username: z.string(), discriminator: z.string() }),
});
export type Application = z.infer<typeof applicationSchema>;

/** What people know the bot as. */
export const tagOf = ({ bot: { username, discriminator } }: Pick<Application, 'bot'>): string =>
  discriminator === '0' ? username : `${username}#${discriminator}`;
