import { ChannelType } from 'discord.js';
import type { Fault } from '../misbehave.ts';
import { startCdn } from './cdn.ts';
import { createClock, createIds } from './clock.ts';
import { createCommands } from './commands.ts';
import { createDrafts, type MessageRules } from './drafts.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { createGeneral } from './general.ts';
import { createInteractions } from './interactions.ts';
import { createMessages } from './messages.ts';
import { createPeople } from './people.ts';
import { createPlaces } from './places.ts';
import { createRateLimits, type RateLimitOptions, type Verdict } from './rate-limits.ts';
import { createReport } from './report.ts';
import { startServer } from './server.ts';
import { createThreads } from './threads.ts';
import { createWorld } from './world.ts';

// A stand-in for Discord (API v10) that refuses what Discord refuses. The bot is a process of its own, pointed at it:
//
//   const discord = await startDiscord();
//   await startBot({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, DISCORD_CDN_URL: discord.cdn });
//   await discord.ready();                                      // commands are there, the gateway is connected
//   const guild = discord.guild(), channel = discord.channel(guild), ann = discord.user();
//   discord.join(guild, ann);
//   const deed = discord.slash({ user: ann, channel, command: 'animate', options: { scene: 'waves' }, attachment: picture });
//   expect((await deed.acknowledged()).latencyMs).toBeLessThan(1000);
//   const card = await discord.until(() => discord.messages(channel).find((it) => it.components.length > 0));
//   await discord.press(ann, card, 'Cancel').acknowledged();
//   discord.misbehave('createMessage', { how: 'reset', when: 'worked' });   // posted, but the answer is lost
//
// Time is `advance`d, never waited for. `report()` is all that happened. A route's name is in the file that serves it.

export interface DiscordOptions {
  token?: string;
  /** What real time is, in ms. */
  now?: () => number;
  gateway?: GatewayOptions;
  rateLimits?: RateLimitOptions;
  rules?: Partial<MessageRules>;
  /** How long links to pictures and clips work. */
  linkLifeMs?: number;
}

export type FakeDiscord = Awaited<ReturnType<typeof startDiscord>>;

/** 20 MiB since September 2026. */
const UPLOAD_LIMIT = 20 * 1024 * 1024;

/** Listens on two free ports: the API with its gateway, and the CDN. */
export async function startDiscord(options: DiscordOptions = {}) {
  const clock = createClock(options.now);
  const nextId = createIds(clock.now);
  const applicationId = nextId();
  const { token = `${Buffer.from(applicationId).toString('base64url')}.stand-in.token` } = options;
  const rules: MessageRules = {
    ...{ uploadLimit: UPLOAD_LIMIT, tooLarge: 'html', listWithoutHistory: 'empty', blockedWords: [] },
    ...options.rules,
  };
  const world = createWorld({ clock, nextId, applicationId, botName: 'Kinora' });
  const cdn = await startCdn({ clock, ...(options.linkLifeMs === undefined ? {} : { lifeMs: options.linkLifeMs }) });
  const limits = createRateLimits(clock, options.rateLimits);
  let control: (path: string, body: string) => Promise<unknown> = async () => ({});
  const api = await startServer({ clock, token, limits, controlled: (path, body) => control(path, body) });
  const url = () => `${api.url.replace('http', 'ws')}/gateway`;
  const gateway = createGateway({ server: api.server, world, token, options: options.gateway ?? {}, url });
  const drafts = createDrafts({ world, cdn, rules });
  const messages = createMessages({ world, cdn, rules, drafts });
  const threads = createThreads({ world, tell: gateway.tell });
  const interactions = createInteractions({ world, cdn, drafts });
  const commands = createCommands({ world });
  const places = createPlaces({ world, gateway });
  const general = createGeneral({ world, gateway, url, openDm: places.dm });
  api.add(...general.routes, ...commands.routes, ...messages.routes, ...threads.routes, ...interactions.routes);
  const people = createPeople({ world, cdn, gateway, interactions, commands, uploadLimit: rules.uploadLimit });

  return {
    ...places,
    ...people,
    token,
    applicationId,
    /** REST root for `DISCORD_API_URL`, origin for `DISCORD_CDN_URL`, and where `/__report` and `/__control` are. */
    api: `${api.url}/api`,
    cdn: cdn.origin,
    url: api.url,
    botId: world.bot.id,
    /** May be changed at any time. */
    rules,
    gateway,
    now: clock.now,
    /** Moves the stand-in's time: tokens, nonces, links and buckets grow older. */
    advance(ms: number): void {
      clock.advance(ms);
      world.touch();
    },
    until: world.until,
    /** Resolves once the bot is connected and its commands are there. */
    ready: (withinMs = 20_000) => world.until(() => gateway.connected() > 0 && commands.names().length > 0, withinMs),
    /** What a person sees in a channel, oldest first; ephemeral answers too (`ephemeralFor`). */
    messages: ({ id }: { id: string }) => world.messagesIn(id),
    message: (id: string) => world.messages.get(id),
    channelOf: (id: string) => world.channels.get(id),
    /** The thread that was opened on a message. */
    threadOn: ({ id }: { id: string }) => {
      const thread = world.channels.get(id);
      return thread && !thread.deleted && thread.type !== ChannelType.DM ? thread : undefined;
    },
    /** A person's message, or the bot's own behind its back. */
    removeMessage: drafts.remove,
    /** A file for `says`. */
    file: drafts.store,
    forgetNonces: messages.forgetNonces,
    /** The next requests of a route go wrong like this; of route `cdn`, the next downloads. */
    misbehave(route: string, ...faults: (Fault | 'well')[]): void {
      (route === 'cdn' ? cdn : api).faults.queue(route, faults);
    },
    /** The next requests of a route get a 429. */
    throttle: (route: string, ...verdicts: Verdict[]): void => limits.force(route, verdicts),
    report: createReport({ world, api, cdn, gateway, commands, interactions }),
    /** Serves `/__…` by this. */
    controlBy(serve: typeof control): void {
      control = serve;
    },
    async close(): Promise<void> {
      await gateway.close();
      await Promise.all([api.close(), cdn.close()]);
    },
  };
}
