import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type IIdentifyThrottler,
  type Interaction,
  type Message,
  Partials,
  SimpleShardingStrategy,
  Status,
} from 'discord.js';
import type { Agent } from 'undici';
import { systemClock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { PlatformRefused } from '../../platform.ts';
import { requestBy } from '../api/wire.ts';
import { BAD_TOKEN } from '../standing.ts';
import { makeCache } from './caches.ts';
import type { GatewayInformation } from './gateway-information.ts';

/** Discord's reasons to end a connection for good, in words for the operator. */
const REFUSALS: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: BAD_TOKEN,
  [GatewayCloseCodes.InvalidShard]: 'Discord refused the shard that was asked for.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for one connection, and Discord asks for more of them. Stop all gateways and start them again: they ask how many (SHARDS).',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord does not speak this version of its API any more. Update the bot.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know what the bot wants to hear. Update the bot.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord does not let this bot hear of servers and of what is written to it (the intents "Guilds", "Guild Messages", "Direct Messages" and their reactions). Look at the page "Bot" of your application.',
};

const DESTROY_MS = 3_000;
/** Answers go by it, within three seconds or never; and a stop waits for a call that hangs. */
export const REST_PATIENCE = { timeout: 3_000, retries: 1 };
/** A rate limit that ends later is nothing to wait for: the answer would come too late, and waits would pile up. */
const MAX_LIMIT_MS = 2_000;

/** The connection of one shard. */
export interface Connection {
  /** Resolves once it stands. Throws `PlatformRefused` where that can never be, something else where it may be later. */
  ready: Promise<void>;
  /** Undefined while nothing is heard by it. */
  client(): Client<true> | undefined;
  close(): Promise<void>;
}

/**
 * Connects one shard. A connection that broke is taken up again by discord.js; `onRefused` is for the end of that. A client of
 * its own has one, because discord.js adds none to a client at work.
 */
export function connect(deps: {
  apiUrl: string;
  token: string;
  shard: number;
  total: number;
  information: GatewayInformation;
  identify: IIdentifyThrottler;
  /** For its calls. */
  agent: Agent;
  log: Log;
  onInteraction: (interaction: Interaction) => void;
  onMessage: (message: Message) => void;
  /** As Discord tells of it; `isOn` is false where it was taken back. */
  onReaction: (told: unknown, how: { isOn: boolean; botId: string }) => void;
  doors: (client: Client) => void;
  servers: (client: Client) => void;
  onRefused: (error: PlatformRefused) => void;
}): Connection {
  const { apiUrl, token, shard, total, information, identify, agent, log } = deps;
  let isOver = false;
  const client = new Client({
    // None of them needs Discord's approval: of what people write the bot reads what is written to it.
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessageReactions,
    ],
    shards: [shard],
    shardCount: total,
    ws: {
      buildIdentifyThrottler: () => identify,
      buildStrategy(manager) {
        const { retrieveSessionInfo } = manager.options;
        // It is asked before each connection: one that is closed while it waits to connect again would connect all the same.
        manager.options.retrieveSessionInfo = (id) => (isOver ? new Promise(() => {}) : retrieveSessionInfo(id));
        // Asked once for all shards; how often the bot may still identify is looked at right before that.
        const { session_start_limit: limit } = information;
        manager.fetchGatewayInformation = async () => ({
          ...information,
          session_start_limit: { ...limit, remaining: limit.total },
        });
        return new SimpleShardingStrategy(manager);
      },
    },
    allowedMentions: { parse: [] },
    rest: {
      api: apiUrl,
      ...REST_PATIENCE,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > MAX_LIMIT_MS,
      makeRequest: requestBy(agent),
    },
    // Else a thread that was put away before the bot came is not known for one.
    partials: [Partials.Channel],
    makeCache,
  });
  let isUp = false;
  const refused = new Promise<never>((_resolve, reject) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      const error = new PlatformRefused(REFUSALS[code] ?? `Discord ended the connection for good (${code}).`);
      if (isUp) deps.onRefused(error);
      else reject(error);
    });
  });
  refused.catch(() => {});
  // Their other fields may hold what was sent.
  client.on(Events.Error, (error) => log.warn({ why: error.message }, 'Discord: an error'));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, why: error.message }, 'Discord: a connection broke'),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'Discord: connecting again'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'Discord: connected again'));
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.channel?.isDMBased()) client.channels.cache.delete(interaction.channel.id);
    deps.onInteraction(interaction);
  });
  client.on(Events.MessageCreate, (message) => {
    if (message.guildId === null) client.channels.cache.delete(message.channelId);
    deps.onMessage(message);
  });
  deps.doors(client);
  deps.servers(client);

  // As they come: discord.js tells of those alone whose message it remembers.
  const hearReactions = (event: GatewayDispatchEvents, isOn: boolean) =>
    client.ws.on(event, (told: unknown) => {
      if (client.isReady()) deps.onReaction(told, { isOn, botId: client.user.id });
    });
  hearReactions(GatewayDispatchEvents.MessageReactionAdd, true);
  hearReactions(GatewayDispatchEvents.MessageReactionRemove, false);

  async function ready(): Promise<void> {
    const up = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    await Promise.race([client.login(token), refused]);
    // An answer that discord.js repeats by itself is refused where it arrived the first time, and looks like one that
    // another process gave: `acknowledge.ts` repeats it.
    client.rest.options.retries = 0;
    await Promise.race([up, refused]);
    isUp = true;
  }

  const begun = ready();
  begun.catch(() => {});
  return {
    ready: begun,
    client: () =>
      client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready) ? client : undefined,
    /** A connection that does not answer its goodbye is left behind. */
    async close() {
      isOver = true;
      await settleWithin(
        client.destroy().catch(() => {}),
        DESTROY_MS,
        systemClock,
      );
    },
  };
}
