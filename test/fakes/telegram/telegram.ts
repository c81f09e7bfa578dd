import type { Framings } from '../framing.ts';
import { type BotOptions, createAbout } from './about.ts';
import { createChats, type MessageRecord } from './chats.ts';
import { createMovableClock } from './clock.ts';
import { createCommands } from './commands.ts';
import { control } from './control.ts';
import { createDriver } from './driver.ts';
import { createEdits } from './edit.ts';
import { createFiles } from './files.ts';
import { createFlood, type FloodLimits, USUAL_LIMITS } from './flood.ts';
import { createQueries, USUAL_ANSWER_MS } from './inline.ts';
import { createMessages } from './messages.ts';
import { createNews } from './news.ts';
import type { Call, Method } from './params.ts';
import { listen } from './server.ts';
import { createUpdates } from './updates.ts';
import { createWebhook } from './webhook.ts';
import type { World } from './world.ts';

// Telegram's double: a Bot API server that refuses what the real one refuses, and the people on the other side.
//
//   const tg = await startTelegram();
//   const bot = await startBot({ TELEGRAM_TOKEN: tg.token, TELEGRAM_API_ROOT: tg.url, … });
//   const ada = tg.people.user({ language: 'de' });
//   const photo = await tg.people.sendPhoto({ from: ada, bytes, caption: 'the sea begins to move' });
//   const card = await tg.until(() => tg.messages(ada).find(({ byBot }) => byBot));
//   await tg.people.press(card, 'Cancel');          // throws where there is no such button, resolves with the answer
//   tg.misbehave('sendVideo', { how: 'reset', when: 'worked' });   // sent, but the answer is lost
//   tg.advance(48 * 3_600_000);                     // flood windows, old queries, links to files, what may be deleted
//   expect(tg.report()).toMatchObject({ flood: [], tokenLeaks: [] });
//
// `child.ts` is the same in a process of its own.

export interface TelegramOptions extends Partial<BotOptions> {
  token?: string;
  flood?: Partial<FloodLimits> | 'off';
  /** How long a pressed button or an inline query may be answered, in milliseconds. */
  answerMs?: number;
  maxUploadBytes?: number;
  webhookTimeoutMs?: number;
  /** How its server of files sends them. */
  framing?: Framings;
  webhookBackoffMs?: number;
  /** The number of the next message in a supergroup or channel, where others number them, too. */
  numberIn?: (chat: number) => number;
  /** When what is said just now was sent, in milliseconds, where others hear it, too. */
  sentAt?: World['sentAt'];
  /** What becomes of messages for one person of a group. */
  ephemeral?: World['ephemeral']['mode'];
}

/** What a bot may upload, in bytes. */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

export type FakeTelegram = Awaited<ReturnType<typeof startTelegram>>;
export type TelegramReport = ReturnType<FakeTelegram['report']>;

/** Listens at a free port. */
export async function startTelegram(options: TelegramOptions = {}) {
  const { token = '5550001111:AAFakeTokenOfTheStandIn-0123456789abcd' } = options;
  const settings: BotOptions = {
    username: options.username ?? 'kinora_bot',
    name: options.name ?? 'Kinora',
    privacy: options.privacy ?? true,
    inline: options.inline ?? true,
    topics: options.topics ?? false,
  };
  const bot = {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: settings.name,
    username: settings.username,
  };
  const clock = createMovableClock();
  const news = createNews();
  const chats = createChats(bot, options.numberIn);
  const files = createFiles(clock);
  const flood = createFlood(clock, options.flood === 'off' ? 'off' : { ...USUAL_LIMITS, ...options.flood });
  const updates = createUpdates({ clock, news });
  const webhook = createWebhook(
    { updates, clock, news },
    {
      timeoutMs: options.webhookTimeoutMs ?? 60_000,
      backoffMs: options.webhookBackoffMs ?? 1_000,
    },
  );
  const answerMs = options.answerMs ?? USUAL_ANSWER_MS;
  const queries = createQueries({ clock, news, files, answerMs, username: settings.username });
  const commands = createCommands(chats);
  const about = createAbout(bot, chats, settings);
  const world: World = {
    bot,
    clock,
    news,
    chats,
    files,
    flood,
    sentAt: options.sentAt,
    videos: [],
    scheduled: { left: 0 },
    ephemeral: { mode: options.ephemeral ?? 'shown', shown: [] },
    paid: { count: 0 },
  };
  const people = createDriver(world, updates, queries, settings);
  /** Where the token was seen though it has no business there. */
  const leaks: string[] = [];

  function watch({ method, fields, files }: Call) {
    const inFiles = [...files.values()].some(({ name, bytes }) => name.includes(token) || bytes.includes(token));
    if (inFiles || JSON.stringify(fields).includes(token)) leaks.push(method);
  }

  const parts = [about, updates, webhook, createMessages(world), createEdits(world), files, queries, commands];
  const server = await listen({
    token,
    files,
    clock,
    watch,
    methods: new Map(parts.flatMap((part): [string, Method][] => Object.entries(part.methods))),
    maxUploadBytes: options.maxUploadBytes ?? MAX_UPLOAD_BYTES,
    framing: options.framing,
    guard: about.checkLoggedIn,
    called: news.changed,
    control: (path, req, url) => control(telegram, path, req, url),
  });

  /** All messages of a chat that still exist, oldest first. */
  function messages(chat: number | { id: number }): MessageRecord[] {
    const all = chats.chats.get(typeof chat === 'number' ? chat : chat.id)?.messages.values() ?? [];
    return [...all].filter(({ deletedAt }) => deletedAt === undefined);
  }

  const telegram = {
    url: server.url,
    token,
    bot,
    people,
    clock,
    news,
    messages,
    /** Resolves once something is so, asked after each change of this world. */
    until: news.until,
    /** Moves the stand-in's clock: flood windows, long polls, the 48 hours, old queries. */
    advance(ms: number) {
      clock.advance(ms);
      news.changed();
    },
    /** The bytes behind a file's id. */
    file: (id: string) => files.get(id)?.bytes,
    /** Lets go of a file's bytes; all else of it stays. */
    letGo: files.letGo,
    /** The updates told so far. */
    updates: updates.told,
    /** Updates that the bot has not confirmed. */
    unconfirmed: () => updates.pending().map(({ update }) => update),
    /** Whether a getUpdates call is waiting. */
    polling: updates.polling,
    /** The next calls of a method ('file' for downloads, '*' for any but getUpdates) go wrong in this order. */
    misbehave: (method: string, ...list: Parameters<typeof server.faults.queue>[1]) =>
      server.faults.queue(method, list),
    storm: server.faults.storm,
    report: () => ({
      version: news.version(),
      counts: server.counts,
      calls: server.calls,
      refused: server.calls.filter(({ status }) => status >= 400),
      chats: [...chats.chats.values()].map(({ info, messages }) => ({ ...info, messages: [...messages.values()] })),
      videos: world.videos,
      /** How often each caption was shown with a video. */
      videoCounts: countBy(world.videos, ({ caption }) => caption),
      flood: flood.violations,
      callbacks: queries.callbacks,
      inline: queries.inlineAnswers,
      pollers: { ...updates.pollers, polling: updates.polling() },
      webhook: webhook.deliveries,
      unconfirmed: updates.pending().length,
      commands: commands.report(),
      tokenLeaks: leaks,
      /** Messages that one person alone saw. */
      ephemeral: world.ephemeral.shown,
      paidBroadcasts: world.paid.count,
    }),
    async close() {
      webhook.close();
      clock.close();
      await server.close();
    },
  };
  return telegram;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}
