import { ChannelType } from 'discord.js';
import type { Framings } from '../framing.ts';
import type { Answer, Fault, Storm } from '../misbehave.ts';
import { startCdn } from './cdn.ts';
import { createClock, createIds } from './clock.ts';
import { createCommands } from './commands.ts';
import { createDrafts, type MessageRules } from './drafts.ts';
import type { Picked } from './fields.ts';
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
  /** Where its gateway is said to be, where it is another address: a front of it. */
  gatewayAt?: string;
  /** How its CDN sends files. */
  framing?: Framings;
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
    uploadLimit: UPLOAD_LIMIT,
    tooLarge: 'html',
    listWithoutHistory: 'empty',
    linkedMedia: 'taken',
    blockedWords: [],
    ...options.rules,
  };
  const world = createWorld({ clock, nextId, applicationId, botName: 'Kinora' });
  const cdn = await startCdn({ clock, touch: world.touch, lifeMs: options.linkLifeMs, framing: options.framing });
  const limits = createRateLimits(clock, options.rateLimits);
  let control = async (_path: string, _body: string): Promise<Answer> => ({ status: 404 });
  const api = await startServer({
    clock,
    token,
    limits,
    touch: world.touch,
    controlled: (path, body) => control(path, body),
  });
  const url = () => `${options.gatewayAt ?? api.url.replace('http', 'ws')}/gateway`;
  const gateway = createGateway({ server: api.server, world, cdn, token, options: options.gateway ?? {}, url });
  const drafts = createDrafts({ world, cdn, rules });
  const messages = createMessages({ world, cdn, rules, drafts, heard: (message) => gateway.tellMessage(message) });
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
    /** Things by their ids; throws where there is none. */
    at: {
      user: (id: string) => there(world.users, id),
      guild: (id: string) => there(world.guilds, id),
      channel: (id: string) => there(world.channels, id),
      message: (id: string) => there(world.messages, id),
    },
    /** The bot's messages that carry a file and were not deleted, wherever they are. */
    clips: () =>
      [...world.messages.values()].filter(
        (it) => it.authorId === world.bot.id && it.attachments.length > 0 && it.deletedAt === undefined,
      ),
    /** The thread that was opened on a message. */
    threadOn: ({ id }: { id: string }) => {
      const thread = world.channels.get(id);
      return thread && !thread.deleted && thread.type !== ChannelType.DM ? thread : undefined;
    },
    /** A person's message, or the bot's own behind its back. */
    removeMessage: drafts.remove,
    /** Lets go of a message's files, which are large; all else of it stays. */
    letGo: drafts.letGo,
    /** A file for what a person `says`. */
    file: drafts.store,
    /** A picture elsewhere in the web, as an embed of a person's message shows it: by Discord's proxy. */
    embedded({ bytes, name, content_type: type = 'image/png', width = 0, height = 0 }: Picked) {
      const path = `/external/${nextId()}/https/pictures.example/${name}`;
      cdn.put(path, { bytes, type });
      return { url: `https://pictures.example/${name}`, proxy_url: cdn.link(path), width, height };
    },
    /** Whether a picture or clip can be had at this address now. */
    serves: cdn.serves,
    commandsIn: commands.namesIn,
    forgetNonces: messages.forgetNonces,
    /** The next requests of a route go wrong like this; of route `cdn`, the next downloads. */
    misbehave(route: string, ...faults: (Fault | 'well')[]): void {
      if (route === 'cdn') cdn.faults.queue(route, faults);
      else api.faults.queue(api.known(route), faults);
    },
    /** Requests go wrong by chance, the same for the same seed and order; `undefined` ends it. */
    storm(wanted: Storm | undefined): void {
      for (const route of Object.keys(wanted?.faults ?? {})) api.known(route);
      api.faults.storm(wanted);
    },
    /** The next requests of a route get a 429. */
    throttle: (route: string, ...verdicts: Verdict[]): void => limits.force(api.known(route), verdicts),
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

function there<T>(things: ReadonlyMap<string, T>, id: string): T {
  const found = things.get(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}
