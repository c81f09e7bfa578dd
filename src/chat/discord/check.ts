import { Routes } from 'discord.js';
import { systemClock } from '../../util/clock.ts';
import type { PlatformStatus } from '../define-platform.ts';
import type { PlatformDeps } from '../platform.ts';
import { createApi, readResult, TOKEN_REFUSED } from './api/rest.ts';
import { applicationSchema, tagOf } from './application.ts';
import type { DiscordConfig } from './settings.ts';
import { shareWords } from './shards.ts';
import { BAD_TOKEN, standing } from './standing.ts';

/** Asks Discord who this bot is, in one call. */
export async function checkDiscord(
  { apiUrl, token, shards }: DiscordConfig,
  { network }: Pick<PlatformDeps, 'network'>,
): Promise<PlatformStatus> {
  const api = createApi({ apiUrl, token, network, clock: systemClock });
  try {
    const called = await api.call({ method: 'GET', path: Routes.currentApplication() });
    const read = readResult(applicationSchema, called);
    if (read.outcome === 'read') {
      const as = standing({ tag: tagOf(read.value), servers: read.value.approximate_guild_count });
      return {
        outcome: 'connected',
        as: shards === 'auto' ? as : `${as}, of which it hears ${shareWords(shards)} (SHARDS)`,
      };
    }
    if (read.reason === TOKEN_REFUSED) return { outcome: 'refused', reason: BAD_TOKEN };
    return { outcome: 'unreachable', reason: read.reason };
  } finally {
    await api.close();
  }
}
