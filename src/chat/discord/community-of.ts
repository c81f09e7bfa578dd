import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { type Api, patiently, readResult } from './api/rest.ts';

const channelSchema = z.object({ guild_id: z.string().optional() });

/** Tells the server of a channel, which never changes: asked for once. Undefined where Discord does not tell now. */
export function createCommunityOf({ api, clock }: { api: Api; clock: Clock }) {
  const known = new Map<string, { id?: string }>();
  return async (channel: string): Promise<{ id?: string } | undefined> => {
    const found = known.get(channel);
    if (found) return found;
    const called = await patiently(() => api.call({ method: 'GET', path: Routes.channel(channel) }), { clock });
    const read = readResult(channelSchema, called);
    if (read.outcome !== 'read') return undefined;
    const there = { id: read.value.guild_id };
    known.set(channel, there);
    return there;
  };
}
