import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { freePort } from '../bench/free-port.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import type { Schedule } from '../fakes/jobs.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { type FakeTelegram, startTelegram, type TelegramOptions } from '../fakes/telegram/telegram.ts';
import { type RunningBot, startBot } from './bot.ts';
import { tinyPng } from './pictures.ts';

export const KEY = 'key_of-the-stand-in-0123456789abcdef';

export type SeenMessage = ReturnType<FakeTelegram['messages']>[number];

/** The program with its Telegram and what renders; people are played by `tg.people`. */
export interface TelegramStage {
  tg: FakeTelegram;
  provider: StandIn;
  bot: RunningBot;
  photo: Buffer;
  dir: string;
  /** Ends the program, at once unless said otherwise, and starts it anew. */
  restart(signal?: NodeJS.Signals, settings?: Record<string, string>): Promise<void>;
  /** The bot's messages in a chat, oldest first. */
  said(chat: number | { id: number }): SeenMessage[];
  /** The first message of the bot's, there or to come, whose text or caption matches. */
  untilSaid(chat: number | { id: number }, words: RegExp): Promise<SeenMessage>;
  /** The message that shows a clip: the n-th of the chat. */
  untilClip(chat: number | { id: number }, n?: number): Promise<SeenMessage>;
  /** The one clip of a chat, once nothing else of the bot's stands there any more. */
  untilDone(chat: number | { id: number }): Promise<SeenMessage>;
  /** Scenes that the renderer was given, oldest first: all that begin with these words. */
  rendered(scene?: string): string[];
  /** Ends the program, does this with its record, and starts it anew. */
  onRecord<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Ends the program, reads what is on record of these chats (all), and starts it anew. */
  recorded(...chats: { id: number }[]): Promise<Task[]>;
  /** All that the program wrote so far, to its log and its folder, joined. Ends it. */
  traces(): Promise<string>;
  close(): Promise<void>;
}

/** The caption of a clip: its scene, who asked for it where that is not clear, then a line of facts. */
export const captioned = (scene: string) =>
  expect.stringMatching(
    new RegExp(
      `^${scene.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\nFor [^\\n]+)?\\n(5|10) s · motion \\d+ · seed \\d+[^\\n]*$`,
    ),
  );

export const wordsOf = ({ now }: SeenMessage): string => now.text ?? now.caption ?? '';

export async function startStage(
  options: {
    telegram?: TelegramOptions;
    schedule?: Schedule;
    settings?: Record<string, string> | ((tg: FakeTelegram) => Record<string, string>);
    /** Modules that are loaded before the program. */
    imports?: string[];
  } = {},
): Promise<TelegramStage> {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-telegram-'));
  // What is for the asker alone is there for the tests to see.
  const tg = await startTelegram({ flood: 'off', ephemeral: 'unknown', ...options.telegram });
  const provider = await startAivideoapi({ keys: { [KEY]: 100 }, schedule: options.schedule ?? { ms: 150 } });
  const port = await freePort();
  const settings = {
    DATA_DIR: dir,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    AIVIDEOAPI_URL: provider.url,
    API_KEYS: KEY,
    ALLOW: '*',
    TELEGRAM_TOKEN: tg.token,
    TELEGRAM_API_ROOT: tg.url,
    LOG_LEVEL: 'debug',
    ...(typeof options.settings === 'function' ? options.settings(tg) : options.settings),
  };
  const how = { imports: options.imports };
  const ended: string[] = [];
  let running: RunningBot | undefined = await startBot(settings, how);

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const end = await running?.stop(signal);
    running = undefined;
    if (end) ended.push(end.stdout, end.stderr);
  }

  async function onRecord<T>(work: (store: Store) => Promise<T>): Promise<T> {
    await stop('SIGTERM');
    const store = await openSqliteStore({ dir, clock: systemClock });
    try {
      return await work(store);
    } finally {
      await store.close();
      running = await startBot(settings, how);
    }
  }

  const said = (chat: number | { id: number }) => tg.messages(chat).filter(({ byBot }) => byBot);
  return {
    tg,
    provider,
    photo: await tinyPng(),
    dir,
    get bot() {
      if (!running) throw new Error('the program was ended');
      return running;
    },
    async restart(signal = 'SIGKILL', more = {}) {
      await stop(signal);
      running = await startBot({ ...settings, ...more }, how);
    },
    said,
    untilSaid: (chat, words) =>
      tg.until(() => said(chat).find((message) => words.test(wordsOf(message))), {
        what: `${words} in ${JSON.stringify(chat)}`,
      }),
    untilClip: (chat, n = 1) =>
      tg.until(() => said(chat).filter(({ now }) => now.video)[n - 1], { what: `clip number ${n}` }),
    untilDone: (chat) =>
      tg.until(
        () => {
          const [only, ...others] = said(chat);
          return only?.now.video && others.length === 0 && only;
        },
        { what: 'one clip and nothing else' },
      ),
    rendered: (words = '') =>
      provider
        .report()
        .accepted.map(({ scene }) => scene)
        .filter((scene) => scene.startsWith(words)),
    onRecord,
    recorded: (...chats) =>
      onRecord(async (store) => {
        const tasks: Task[] = [];
        for (const { id } of chats.length > 0 ? chats : tg.report().chats)
          tasks.push(...(await store.tasks.conversation({ platform: 'telegram', chat: String(id) }, { limit: 100 })));
        return tasks;
      }),
    async traces() {
      await stop('SIGTERM');
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      const contents = files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
      return [...ended, ...(await Promise.all(contents))].join('\n');
    },
    async close() {
      await stop('SIGKILL');
      if (process.env.SHOW_LOG) console.log(ended.join('\n'));
      await tg.close();
      await provider.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
