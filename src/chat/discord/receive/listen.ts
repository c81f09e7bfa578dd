import type { Network } from '../../../net/network.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { retry } from '../../../util/retry.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import { type Connected, type ListenDeps, type Listening, PlatformRefused } from '../../platform.ts';
import type { Api } from '../api/rest.ts';
import { PLATFORM } from '../ids.ts';
import type { Pictures } from '../send/pictures.ts';
import type { RecentRefusals } from '../send/recent-refusals.ts';
import type { DiscordConfig } from '../settings.ts';
import { standing } from '../standing.ts';
import { otherWays, registerCommands, removeOtherCommands } from './commands.ts';
import { createDoors } from './doors.ts';
import { connect, type Gateway } from './gateway.ts';
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
  const stopping = new AbortController();
  const patience = { clock, backoff: BACKOFF, signal: stopping.signal };
  let gateway: Gateway | undefined;
  let noCommands: string | undefined;

  async function connected(): Promise<void> {
    const { apiUrl, token } = config;
    const hears = { onInteraction, onMessage, onReaction, doors, servers, onRefused: deps.fail };
    const up = await retry(() => connect({ apiUrl, token, network, log, ...hears }), {
      ...patience,
      whenThrown(error) {
        if (error instanceof PlatformRefused) return false;
        log.warn({ why: error instanceof Error ? error.message : String(error) }, 'Discord cannot be reached');
        return true;
      },
    });
    if (stopping.signal.aborted) return up.close();
    gateway = up;
  }

  async function commandsKnown(): Promise<void> {
    const applicationId = gateway?.client.application.id;
    if (applicationId === undefined) return;
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
  async function othersRemoved({ client }: Gateway): Promise<void> {
    const { application, guilds } = client;
    const servers = [...guilds.cache.keys()];
    const removed = await removeOtherCommands(api, { applicationId: application.id, guildId: config.guildId, servers });
    const left = removed.filter(({ outcome }) => outcome !== 'done');
    if (left.length > 0) log.warn({ servers: left.length }, 'Discord: old commands may still stand in some servers');
  }

  async function listen(): Promise<void> {
    await connected();
    await commandsKnown();
    if (!gateway || stopping.signal.aborted) return;
    deps.connected(connectedBy(gateway, config));
    await othersRemoved(gateway);
  }

  void listen().catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    if (error instanceof PlatformRefused) deps.fail(error);
    else log.error({ err: error }, 'Discord cannot be listened to');
  });

  return {
    trouble: () => (gateway ? (gateway.trouble() ?? noCommands) : 'Discord cannot be reached yet.'),
    async stop() {
      stopping.abort();
      await gateway?.close();
    },
  };
}

function connectedBy({ client }: Gateway, { guildId }: DiscordConfig): Connected {
  const { user, guilds, application } = client;
  const only = guildId === undefined ? '' : ', with commands in one of them only (DISCORD_GUILD_ID)';
  return {
    as: `${standing({ tag: user.tag, servers: guilds.cache.size })}${only}`,
    notes: [`Invite it: ${inviteUrl(application.id)}`],
  };
}
