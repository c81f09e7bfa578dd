import { type Client, Routes } from 'discord.js';
import type { z } from 'zod';
import type { Network } from '../../../net/network.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { retry } from '../../../util/retry.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import { type ListenDeps, type Listening, PlatformRefused } from '../../platform.ts';
import { type Api, readResult, TOKEN_REFUSED } from '../api/rest.ts';
import { type Application, applicationSchema } from '../application.ts';
import { PLATFORM } from '../ids.ts';
import type { Pictures } from '../send/pictures.ts';
import type { RecentRefusals } from '../send/recent-refusals.ts';
import type { DiscordConfig } from '../settings.ts';
import { BAD_TOKEN } from '../standing.ts';
import { otherWays, registerCommands, removeOtherCommands } from './commands.ts';
import { connectedBy } from './connected-by.ts';
import { createDoors } from './doors.ts';
import { connect } from './gateway.ts';
import { createGatewayInformation, type GatewayInformation, gatewaySchema } from './gateway-information.ts';
import { createHearing, type Hearing } from './hearing.ts';
import { createIdentify, locksOfOne } from './identify.ts';
import { createInteractions } from './interactions.ts';
import { createMessages } from './messages.ts';
import { inviteUrl } from './permissions.ts';
import { createReactions } from './reactions.ts';
import { createRelabel } from './relabel.ts';
import { createServers } from './servers.ts';
import { privatePlaceBy } from './where.ts';

const BACKOFF = { baseMs: 2_000, maxMs: 60_000 };

/** Listens to people on Discord, from whenever it can be reached. */
export async function listenOnDiscord(
  given: {
    config: DiscordConfig;
    api: Api;
    recentRefusals: RecentRefusals;
    pictures: Pictures;
    files: TaskFiles;
    network: Network;
    clock: Clock;
    log: Log;
  },
  deps: ListenDeps,
): Promise<Listening> {
  const { config, api, network, clock, log } = given;
  const all = {
    ...given,
    ...deps,
    otherWays: (locale: string) => otherWays(deps.commands, locale),
    privatePlace: privatePlaceBy(given),
    relabel: createRelabel({ ...given, ...deps }),
  };
  const onInteraction = createInteractions(all);
  const onMessage = createMessages(all);
  const onReaction = createReactions(all);
  const doors = createDoors(all);
  const servers = createServers(all);
  const { store } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const patience = { clock, backoff: BACKOFF, signal };
  let hearing: Hearing | undefined;
  let noCommands: string | undefined;

  /** Asks until Discord answers. */
  async function answerTo<T>(path: `/${string}`, schema: z.ZodType<T>): Promise<T> {
    const ask = async () => readResult(schema, await api.call({ method: 'GET', path }, signal));
    const read = await retry(ask, {
      ...patience,
      when(read) {
        if (read.outcome === 'read' || read.reason === TOKEN_REFUSED) return false;
        log.warn({ why: read.reason }, 'Discord cannot be reached');
        return { afterMs: read.outcome === 'retry' ? read.retryAfterMs : undefined };
      },
    });
    if (read.outcome === 'read') return read.value;
    throw read.reason === TOKEN_REFUSED ? new PlatformRefused(BAD_TOKEN) : new Error(read.reason);
  }

  /** Resolves once all that this process is to hear at first is connected. */
  async function connected(application: Application): Promise<Hearing | undefined> {
    const first = await answerTo(Routes.gatewayBot(), gatewaySchema);
    if (signal.aborted) return undefined;
    const begun = hear(first, application);
    hearing = begun;
    await Promise.race([begun.isUp, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]);
    return begun;
  }

  /** Begins to hear what is this process's part. */
  function hear(first: GatewayInformation, { id: bot }: Application): Hearing {
    const { apiUrl, token, shards } = config;
    const information = createGatewayInformation(first, { api, clock });
    const locks = store.isShared ? store.locks : locksOfOne(clock);
    const identify = createIdentify({ bot, information, locks, clock, log });
    return createHearing({
      ...{ shards, bot, recommended: first.shards, identify, store, network, onRefused: deps.fail, clock, log },
      async connect(shard, total, { agent, pass }) {
        const { information: told } = await information();
        return connect({
          ...{ apiUrl, token, shard, total, information: told, identify, agent, log, doors, servers },
          onInteraction: (interaction) => pass(() => void onInteraction(interaction)),
          onMessage: (message) => pass(() => void onMessage(message)),
          onReaction: (told, how) => pass(() => void onReaction(told, how)),
          onRefused: deps.fail,
        });
      },
    });
  }

  async function commandsKnown({ id: applicationId }: Application): Promise<void> {
    const { guildId } = config;
    // Where nobody here runs the bot, nobody is shown what is for those who do.
    const isOwned = deps.owners?.some((id) => id.startsWith(`${PLATFORM}:`));
    const commands = deps.commands.filter(({ who }) => who !== 'owner' || isOwned);
    const called = await retry(() => registerCommands(api, { commands, applicationId, guildId }), {
      ...patience,
      when(called) {
        noCommands = called.outcome === 'done' ? undefined : `Discord does not take the commands (${called.reason}).`;
        if (called.outcome === 'retry') return { afterMs: called.retryAfterMs };
        return called.outcome === 'unknown';
      },
    });
    if (called.outcome === 'impossible')
      throw new PlatformRefused(
        guildId === undefined
          ? `Discord does not take the commands (${called.reason}).`
          : `The bot may make no commands in the server that DISCORD_GUILD_ID names: invite it there first, with ${inviteUrl(applicationId)}`,
      );
  }

  /** Those that were registered elsewhere before would be seen beside them. Nothing rests on it. */
  async function othersRemoved({ id: applicationId }: Application, clients: readonly Client[]): Promise<void> {
    const servers = clients.flatMap(({ guilds }) => [...guilds.cache.keys()]);
    const removed = await removeOtherCommands(api, { applicationId, guildId: config.guildId, servers });
    const left = removed.filter(({ outcome }) => outcome !== 'done');
    if (left.length > 0) log.warn({ servers: left.length }, 'Discord: old commands may still stand in some servers');
  }

  async function listen(): Promise<void> {
    const application = await answerTo(Routes.currentApplication(), applicationSchema);
    const up = await connected(application);
    if (!up || signal.aborted) return;
    await commandsKnown(application);
    if (signal.aborted) return;
    deps.connected(connectedBy(application, up, config));
    await othersRemoved(application, up.clients());
  }

  void listen().catch((error: unknown) => {
    if (signal.aborted) return;
    if (error instanceof PlatformRefused) deps.fail(error);
    else log.error({ err: error }, 'Discord cannot be listened to');
  });

  return {
    trouble: () => (hearing ? (hearing.trouble() ?? noCommands) : 'Discord cannot be reached yet.'),
    async stop() {
      stopping.abort();
      await hearing?.stop();
    },
  };
}
