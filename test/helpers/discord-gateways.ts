import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createAdmission } from '../../commands/admission.ts';
import { actions, commands } from '../../commands/index.ts';
import type { AdmissionLimits } from '../../commands/limits.ts';
import { frontOf } from '../../commands/more.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { buttonRows } from '../../src/chat/discord/send/layout.ts';
import type { DiscordConfig } from '../../src/chat/discord/settings.ts';
import { buttonsFrom, createCardView } from '../../src/chat/kit/card-view.ts';
import { createTaskFiles } from '../../src/chat/kit/task-files.ts';
import type { Listening } from '../../src/chat/platform.ts';
import { createThumbnails } from '../../src/media/pictures/thumbnails.ts';
import { DIRECT } from '../../src/net/network.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { UPLOAD_BLOB } from '../../src/task/blob-names.ts';
import { newTaskId, type Task, type TaskState } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { createWorker, type Worker } from '../../src/worker/worker.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import type { GatewayOptions } from '../fakes/discord/gateway.ts';
import type { Channel, Message } from '../fakes/discord/world.ts';
import { plainClipEnds } from './clip-ends.ts';
import { decoder } from './decoder.ts';
import { IDLE } from './idle.ts';
import { tinyPng } from './pictures.ts';
import { scriptedProvider } from './rig.ts';
import { someFitted, someTask } from './task.ts';

const SIZE = { width: 1280, height: 720 };
const CLIP = readFileSync(new URL('../fakes/clips/clip-1280x720-5s.mp4', import.meta.url));

/** Gateways with a token of one bot, on one record, in this process; no worker, so that tasks stay as they were asked. */
export async function discordGateways({
  count = 1,
  limits = { allow: ['*'] },
  starsNeeded = 3,
  gallery,
  storeOf = (store) => store,
  open = (dir) => openSqliteStore({ dir, clock: systemClock }),
  gateway,
  shards = 'auto',
}: {
  count?: number;
  starsNeeded?: number;
  /** Makes a channel that shows what many people starred. */
  gallery?: boolean;
  limits?: AdmissionLimits;
  /** The record as the gateways see it. */
  storeOf?: (store: Store) => Store;
  /** Opens the record; SQLite without it. */
  open?: (dir: string) => Promise<Store>;
  gateway?: GatewayOptions;
  /** The setting SHARDS of all of them. */
  shards?: DiscordConfig['shards'];
} = {}) {
  const closers: (() => Promise<unknown>)[] = [];
  const dir = await mkdtemp(join(tmpdir(), 'kinora-gateways-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  const discord = await startDiscord({ gateway });
  closers.push(discord.close);
  const kept = await open(dir);
  closers.push(() => kept.close());
  const store = storeOf(kept);
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const provider = scriptedProvider();
  const { token, api: apiUrl, cdn: cdnUrl } = discord;
  const files = createTaskFiles({
    store,
    decoder,
    thumbnails: createThumbnails({ decoder }),
    log,
    scratchDir: join(dir, 'shrink'),
  });
  const gateways: Listening[] = [];
  closers.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  const workers: Worker[] = [];
  closers.push(() => Promise.all(workers.map((worker) => worker.stop())));
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const galleryChannel = gallery ? discord.channel(guild, { name: 'best-of' }) : undefined;
  const where = { token, apiUrl, cdnUrl, guildId: undefined, gallery: galleryChannel?.id };
  const config: DiscordConfig = { ...where, reply: 'thread', shards };
  const cardView = createCardView({ store, providers: [provider], actions });

  return {
    discord,
    /** Where what many people starred is shown, if anywhere. */
    galleryChannel,
    store: kept,
    guild,
    channel,
    ann,
    lines,
    provider,
    gateways,
    async listen(): Promise<void> {
      for (let n = 0; n < count; n++) {
        const platform = createDiscord(config, { files, network: DIRECT, log });
        const fail = (error: Error) => void lines.push(error.message);
        const admission = createAdmission({ store, providers: [provider], limits });
        let connected = (): void => {};
        const isConnected = new Promise<void>((resolve) => {
          connected = resolve;
        });
        gateways.push(
          await platform.listen({
            store,
            provider,
            admission,
            defaultFit: 'crop',
            starsNeeded,
            keepMs: 30 * 24 * 3_600_000,
            galleries: galleryChannel ? [{ platform: 'discord', chat: galleryChannel.id }] : [],
            commands: commands.map((command) => command.offeredBy(provider)),
            actions,
            wake: () => {
              for (const worker of workers) worker.wake();
            },
            connected,
            fail,
          }),
        );
        await isConnected;
      }
    },
    /** Another worker on the same record, until all of it ends; `storeOf`: the record as it sees it. */
    work({ storeOf = (store) => store }: { storeOf?: (store: Store) => Store } = {}): Worker {
      const worker = createWorker({
        store: storeOf(store),
        providers: [provider],
        messengers: [createDiscord(config, { files, network: DIRECT, log }).messenger],
        fitPicture: async () => ({
          type: 'image/png',
          thumbnail: new Uint8Array(),
          original: SIZE,
          fitted: SIZE,
          notes: [],
        }),
        checkClip: async () => ({ outcome: 'playable', size: SIZE, durationMs: 5_000 }),
        clipEnds: plainClipEnds,
        limits: { queueMaxMs: 3_600_000, deadlineMs: 3_600_000 },
        clock: systemClock,
        random: () => 0.5,
        utilization: IDLE,
        cardView,
        log,
        owner: `worker-${workers.length}`,
      });
      workers.push(worker);
      worker.start();
      return worker;
    },
    /** A clip of ann's that was delivered in a message, which is on record. */
    async clip(
      changes: Partial<Task> & { where?: Channel; bytes?: Uint8Array } = {},
    ): Promise<{ task: Task; message: Message }> {
      const { where = channel, bytes = CLIP, ...more } = changes;
      const clip = { blob: 'clip-a1', bytes: bytes.length, sha256: '0', size: SIZE, durationMs: 5_000 };
      const at = { received: kept.now(), delivered: kept.now() };
      const task = await this.task('delivered', { fitted: someFitted(SIZE), clip, at, ...more });
      await kept.blobs.write(task.id, clip.blob, [bytes], { maxBytes: 100_000_000 });
      const message = this.messageOf(task, { where });
      await kept.tasks.recordSent(task.id, 'clip', `${message.channelId}/${message.id}`, 'test');
      return { task, message };
    },
    /** The bot's messages in a channel that everybody sees. */
    shownIn: ({ id }: { id: string }): Message[] =>
      discord.messages({ id }).filter((it) => it.authorId === discord.botId && it.ephemeralFor === undefined),
    tasks: ({ id, parentId }: Channel = channel) =>
      kept.tasks.conversation({ platform: 'discord', chat: parentId ?? id }, { limit: 100 }),
    /** A task of ann's in a state, with its picture, as the record has it. */
    async task(state: TaskState, { scene, options, place, requester, ...changes }: Partial<Task> = {}): Promise<Task> {
      const id = newTaskId(kept.now());
      await kept.blobs.write(id, UPLOAD_BLOB, [await tinyPng()], { maxBytes: 1_000_000 });
      const {
        rank: _,
        version: __,
        ...made
      } = someTask('received', {
        id,
        requestKey: `test:${id}`,
        requester: requester ?? { id: `discord:${ann.id}`, name: 'ann' },
        place: place ?? { platform: 'discord', chat: channel.id, community: guild.id },
        ...(scene === undefined ? {} : { scene }),
        ...(options === undefined ? {} : { options }),
      });
      await kept.tasks.insert(made);
      // Others may have been asked something since.
      const task = (await kept.tasks.claimDue('test', 100)).find((each) => each.id === id);
      const attempts = [{ id: 'a1', at: kept.now() }];
      const saved = task && (await kept.tasks.save({ ...task, state, attempts, ...changes }, { owner: 'test' }));
      if (!saved) throw new Error('the task is not on record');
      return saved;
    },
    /** A message of the bot's with buttons of a task; without others named, those of all actions that are offered. */
    messageOf(task: Task, { where = channel, ids }: { where?: Channel; ids?: readonly string[] } = {}): Message {
      const message = discord.says(discord.user(), where, { content: 'a clip' });
      message.authorId = discord.botId;
      const shown = ids ? actions.filter(({ id }) => ids.includes(id)) : frontOf(task, actions);
      message.components = buttonRows(buttonsFrom(shown, task, 'en'), { task, letter: 'v' });
      return message;
    },
    async close(): Promise<void> {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

export type DiscordGateways = Awaited<ReturnType<typeof discordGateways>>;
