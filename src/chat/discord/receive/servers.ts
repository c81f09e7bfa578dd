import { type Client, Events, GatewayDispatchEvents } from 'discord.js';
import { z } from 'zod';
import { createSemaphore } from '../../../util/semaphore.ts';
import { PLATFORM } from '../ids.ts';
import type { RequestDeps } from './deps.ts';

/** So many changes wait to be put on record; beyond, the next connection tells. */
const MAX_WAITING = 1_000;

/** What a shard is told of itself: all servers that the bot is in there, those out of reach too. */
const readySchema = z.object({
  guilds: z.array(z.object({ id: z.string() })),
  shard: z.tuple([z.number().int(), z.number().int().positive()]).default([0, 1]),
});

const scopeOf = (id: string) => ({ platform: PLATFORM, chat: id, community: id });

/** Marks settings of servers that the bot is not in any more, by a client's connection, and those left while there was none. */
export function createServers({ store: { chatSettings, now }, log }: Pick<RequestDeps, 'store' | 'log'>) {
  const oneByOne = createSemaphore({ maxWaiting: MAX_WAITING });
  const inOrder = (work: () => Promise<void>) =>
    void oneByOne(work).catch((error: unknown) =>
      log.warn({ err: error }, 'that the bot came into a server or left it could not be put on record'),
    );

  async function compare(told: unknown): Promise<void> {
    const { data } = readySchema.safeParse(told);
    if (!data) return;
    const [shard, shards] = data.shard;
    const there = new Set(data.guilds.map(({ id }) => id));
    for await (const scopes of chatSettings.scopes(PLATFORM))
      for (const { community } of scopes) {
        if (community === undefined || shardOf(community, shards) !== shard) continue;
        if (there.has(community)) await chatSettings.enter(scopeOf(community));
        else await chatSettings.leave(scopeOf(community), now());
      }
  }

  return (client: Client): void => {
    // As it comes: what discord.js remembers of before is still in its own list of servers.
    client.ws.on(GatewayDispatchEvents.Ready, (told: unknown) => inOrder(() => compare(told)));
    // Of one that is merely out of reach for now discord.js tells by another event.
    client.on(Events.GuildDelete, ({ id }) => inOrder(() => chatSettings.leave(scopeOf(id), now())));
    client.on(Events.GuildCreate, ({ id }) => inOrder(() => chatSettings.enter(scopeOf(id))));
  };
}

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
const shardOf = (id: string, shards: number): number => Number((BigInt(id) >> 22n) % BigInt(shards));
