import {
  Client,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GuildMember,
  type Interaction,
  type Message,
  Options,
  Partials,
  Status,
  type User,
} from 'discord.js';
import { Agent } from 'undici';
import { connectorFor } from '../../../net/agents.ts';
import type { Network } from '../../../net/network.ts';
import { systemClock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { PlatformRefused } from '../../platform.ts';
import { requestBy } from '../api/wire.ts';
import { BAD_TOKEN } from '../standing.ts';
import type { Doors } from './doors.ts';
import { proxySockets } from './proxied-sockets.ts';

/** Discord's reasons to end a connection for good, in words for the operator. */
const REFUSALS: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: BAD_TOKEN,
  [GatewayCloseCodes.InvalidShard]: 'Discord refused the shard that was asked for.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for one connection, and Discord asks for more of them. Start it again: it asks how many.',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord does not speak this version of its API any more. Update the bot.',
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know what the bot wants to hear. Update the bot.',
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord does not let this bot hear of servers and of what is written to it (the intents "Guilds", "Guild Messages", "Direct Messages" and their reactions). Look at the page "Bot" of your application.',
};

const DESTROY_MS = 3_000;
/** Answers go by it, within three seconds or never; and a stop waits for a call that hangs. */
const REST_PATIENCE = { timeout: 3_000, retries: 1 };
/** A rate limit that ends later is nothing to wait for: the answer would come too late, and waits would pile up. */
const MAX_LIMIT_MS = 2_000;
/** So many people who press and say are remembered; the bot itself always is. */
const PEOPLE = { maxSize: 200, keepOverLimit: ({ id, client }: User | GuildMember) => id === client.user?.id };

/** A connection that stands. */
export type Gateway = Awaited<ReturnType<typeof connect>>;

/**
 * Connects and resolves once every shard is ready. Throws `PlatformRefused` where that can never be, something else where
 * it may be later. Broken connections are taken up again by discord.js; `onRefused` is for the end of that.
 */
export async function connect(deps: {
  apiUrl: string;
  token: string;
  network: Network;
  log: Log;
  onInteraction: (interaction: Interaction) => void;
  onMessage: (message: Message) => void;
  /** As Discord tells of it; `isOn` is false where it was taken back. */
  onReaction: (told: unknown, how: { isOn: boolean; botId: string }) => void;
  doors: Doors;
  servers: (client: Client) => void;
  onRefused: (error: PlatformRefused) => void;
}) {
  const { apiUrl, token, network, log } = deps;
  const agent = new Agent({ connect: connectorFor(network, { timeoutMs: REST_PATIENCE.timeout }) });
  const restoreSockets = proxySockets(network);
  const client = new Client({
    // None of them needs Discord's approval: of what people write the bot reads what is written to it.
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessageReactions,
    ],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: {
      api: apiUrl,
      ...REST_PATIENCE,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > MAX_LIMIT_MS,
      makeRequest: requestBy(agent),
    },
    // Else a thread that was put away before the bot came is not known for one.
    partials: [Partials.Channel],
    // Messages go by REST from any process, so little need be remembered here; of people not more for ever.
    makeCache: Options.cacheWithLimits({ MessageManager: 0, UserManager: PEOPLE, GuildMemberManager: PEOPLE }),
  });
  async function close(): Promise<void> {
    await destroyed(client);
    restoreSockets();
    await agent.destroy();
  }
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

  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await Promise.race([client.login(token), refused]);
    // An answer that discord.js repeats by itself is refused where it arrived the first time, and looks like one that
    // another process gave: `acknowledge.ts` repeats it.
    client.rest.options.retries = 0;
    const up = await Promise.race([ready, refused]);
    isUp = true;
    const isConnected = () => up.ws.shards.every(({ status }) => status === Status.Ready);
    return {
      client: up,
      /** Why people cannot reach the bot just now. */
      trouble: () => (isConnected() ? undefined : 'Discord is not connected just now.'),
      close,
    };
  } catch (error) {
    await close();
    const isBadToken = error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid;
    if (isBadToken) throw new PlatformRefused(BAD_TOKEN);
    throw error;
  }
}

/** A connection that does not answer its goodbye is left behind. */
async function destroyed(client: Client): Promise<void> {
  const goodbye = client.destroy().catch(() => {});
  await settleWithin(goodbye, DESTROY_MS, systemClock);
}
