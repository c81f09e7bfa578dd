import { z } from 'zod';
import { systemClock } from '../../util/clock.ts';
import type { PlatformStatus } from '../define-platform.ts';
import type { PlatformDeps } from '../platform.ts';
import { createApi, readDone, TOKEN_REFUSED } from './api/rest.ts';
import type { DiscordConfig } from './settings.ts';
import { BAD_TOKEN, standing } from './standing.ts';

const applicationSchema = z.object({
  approximate_guild_count: z.number().default(0),
  bot: z.object({ username: z.string(), discriminator: z.string() }),
});

/** Asks Discord who this bot is, in one call. */
export async function checkDiscord(
  { apiUrl, token }: DiscordConfig,
  { network }: Pick<PlatformDeps, 'network'>,
): Promise<PlatformStatus> {
  const api = createApi({ apiUrl, token, network, clock: systemClock });
  try {
    const called = await api.call({ method: 'GET', path: '/applications/@me' });
    const read = called.outcome === 'done' ? readDone(applicationSchema, called.value) : called;
    if (read.outcome === 'read') {
      const { bot, approximate_guild_count: servers } = read.value;
      return { outcome: 'connected', as: standing({ tag: tagOf(bot), servers }) };
    }
    if (read.reason === TOKEN_REFUSED) return { outcome: 'refused', reason: BAD_TOKEN };
    return { outcome: 'unreachable', reason: read.reason };
  } finally {
    await api.close();
  }
}

const tagOf = ({ username, discriminator }: z.infer<typeof applicationSchema>['bot']): string =>
  discriminator === '0' ? username : `${username}#${discriminator}`;
