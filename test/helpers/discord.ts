import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Task } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { freePort } from '../bench/free-port.ts';
import { startAivideoapi } from '../fakes/aivideoapi.ts';
import { everyComponent } from '../fakes/discord/components.ts';
import { type DiscordOptions, type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import type { Picked } from '../fakes/discord/fields.ts';
import type { Deed } from '../fakes/discord/people.ts';
import type { Channel, Message, User } from '../fakes/discord/world.ts';
import type { Schedule } from '../fakes/jobs.ts';
import { type RunningBot, startBot } from './bot.ts';
import { tinyPng } from './pictures.ts';

const KEY = 'key-0123456789abcdef';

/** SHA-256 of the clip that the stand-in renders for a landscape picture. */
export const CLIP_SHA256 = createHash('sha256')
  .update(readFileSync(new URL('../fakes/clips/clip-1280x720-5s.mp4', import.meta.url)))
  .digest('hex');

interface Animate {
  user?: User;
  where?: Channel;
  /** What is another about it. */
  picture?: Partial<Picked>;
  scene?: string;
  motion?: number;
  duration?: number;
  seed?: number;
  fit?: string;
  takes?: number;
  frame?: 'first' | 'last';
  model?: string;
  sound?: 'on' | 'off';
  /** A second picture. */
  last?: Picked;
  spoiler?: boolean;
}

/** The unmodified program, a stand-in Discord with a server, a channel and a member, and a stand-in that renders. */
export async function discordStage(
  options: { discord?: DiscordOptions; schedule?: Schedule; env?: Record<string, string>; start?: boolean } = {},
) {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-discord-'));
  const discord = await startDiscord(options.discord);
  const service = await startAivideoapi({ keys: { [KEY]: 1_000 }, schedule: options.schedule ?? { ms: 300 } });
  const port = await freePort();
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const settings: Record<string, string> = {
    DATA_DIR: dir,
    AIVIDEOAPI_URL: service.url,
    API_KEYS: KEY,
    ALLOW: '*',
    LOG_LEVEL: 'debug',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    DISCORD_CDN_URL: discord.cdn,
    // So that the service can say when a job is done, and nobody has to look.
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...options.env,
  };
  let bot: RunningBot | undefined;
  const output: string[] = [];

  const stage = {
    dir,
    discord,
    service,
    guild,
    channel,
    ann,
    settings,
    output,
    async start(env: Record<string, string> = {}): Promise<RunningBot> {
      bot = await startBot({ ...settings, ...env });
      bot.child.stderr?.on('data', (chunk: string) => output.push(chunk));
      await discord.ready();
      return bot;
    },
    /** Ends it, unless it ends by itself; what it said. */
    async ended(stop = true) {
      if (!bot) throw new Error('it is not running');
      return stop ? bot.stop() : bot.ended;
    },
    log: (): string => output.join(''),
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      await bot?.stop(signal);
      bot = undefined;
    },
    /** `/animate` with a picture that can be used. */
    async animate({ user = ann, where = channel, picture = {}, ...options }: Animate = {}) {
      const bytes = await tinyPng();
      return discord.slash({
        user,
        channel: where,
        command: 'animate',
        options: { scene: 'waves roll in', ...options },
        attachment: { bytes, name: 'cat.png', content_type: 'image/png', width: 1280, height: 720, ...picture },
      });
    },
    /** The bot's messages that everybody sees. */
    shown: ({ id }: { id: string }): Message[] =>
      discord.messages({ id }).filter((it) => it.authorId === discord.botId && it.ephemeralFor === undefined),
    card: (where: { id: string } = channel): Promise<Message> =>
      discord.until(() => stage.shown(where).find((it) => it.components[0]?.type === 17), 20_000),
    clip: (where: { id: string }): Promise<Message> => discord.until(() => stage.shown(where).find(isClip), 60_000),
    /** The thread on a card, once the clip is in it. */
    async delivered(card: Message): Promise<{ thread: Channel; clip: Message }> {
      const thread = await discord.until(() => discord.threadOn(card), 60_000);
      return { thread, clip: await stage.clip(thread) };
    },
    /** Another channel of the server. */
    room: (more: Parameters<typeof discord.channel>[1] = {}): Channel => discord.channel(guild, more),
    /** Somebody else in the server. */
    member(name: string, ...permissions: bigint[]): User {
      const user = discord.user({ name });
      if (permissions.length > 0)
        discord.join(
          guild,
          user,
          permissions.reduce((all, bit) => all | bit, 0n),
        );
      else discord.join(guild, user);
      return user;
    },
    /** What is on record; the program must have ended. */
    async tasks(): Promise<Task[]> {
      const store = await openSqliteStore({ dir, clock: systemClock });
      try {
        return await store.tasks.conversation({ platform: 'discord', chat: channel.id }, { limit: 100 });
      } finally {
        await store.close();
      }
    },
    async close(): Promise<void> {
      await stage.stop('SIGKILL');
      await Promise.all([discord.close(), service.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
  if (options.start ?? true) await stage.start();
  return stage;
}

export type DiscordStage = Awaited<ReturnType<typeof discordStage>>;

/** Presses what stands on a message, or behind its More. */
export async function pressUnder(
  discord: Pick<FakeDiscord, 'press'>,
  user: User,
  message: Message,
  label: string,
): Promise<Deed> {
  const stands = everyComponent(message.components).some((each) => each.label === label);
  return discord.press(user, stands ? message : await discord.press(user, message, 'More').answer(), label);
}

export const isClip = ({ attachments }: Message): boolean =>
  attachments.some(({ contentType }) => contentType === 'video/mp4');

export const sha256Of = ({ attachments }: Message): string[] =>
  attachments.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
