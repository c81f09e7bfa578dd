import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createAdmission } from '../../commands/admission.ts';
import { actions, commands } from '../../commands/index.ts';
import type { AdmissionLimits } from '../../commands/limits.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { buttonRow } from '../../src/chat/discord/send/layout.ts';
import { createTaskFiles } from '../../src/chat/kit/task-files.ts';
import type { Listening } from '../../src/chat/platform.ts';
import { DIRECT } from '../../src/net/network.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { UPLOAD_BLOB } from '../../src/task/blob-names.ts';
import { newTaskId, type Task, type TaskState } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import type { Channel, Message } from '../fakes/discord/world.ts';
import { decoder } from './decoder.ts';
import { tinyPng } from './pictures.ts';
import { scriptedProvider } from './rig.ts';
import { someTask } from './task.ts';

/** Gateways with a token of one bot, on one record, in this process; no worker, so that tasks stay as they were asked. */
export async function discordGateways({
  count = 1,
  limits = { allow: ['*'] },
  storeOf = (store) => store,
}: {
  count?: number;
  limits?: AdmissionLimits;
  /** The record as the gateways see it. */
  storeOf?: (store: Store) => Store;
} = {}) {
  const closers: (() => Promise<unknown>)[] = [];
  const dir = await mkdtemp(join(tmpdir(), 'kinora-gateways-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  const discord = await startDiscord();
  closers.push(discord.close);
  const kept = await openSqliteStore({ dir, clock: systemClock });
  closers.push(() => kept.close());
  const store = storeOf(kept);
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const provider = scriptedProvider();
  const { token, api: apiUrl, cdn: cdnUrl } = discord;
  const config = { token, apiUrl, cdnUrl, reply: 'thread', guildId: undefined, gallery: undefined } as const;
  const files = createTaskFiles({ store, decoder, log, scratchDir: join(dir, 'shrink') });
  const gateways: Listening[] = [];
  closers.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);

  return {
    discord,
    store: kept,
    guild,
    channel,
    ann,
    lines,
    provider,
    async listen(): Promise<void> {
      for (let n = 0; n < count; n++) {
        const platform = createDiscord(config, { files, network: DIRECT, log });
        const fail = (error: Error) => void lines.push(error.message);
        const admission = createAdmission({ store, providers: [provider], limits });
        gateways.push(
          await platform.listen({
            store,
            provider,
            admission,
            defaultFit: 'crop',
            starsNeeded: 3,
            galleries: [],
            commands,
            actions,
            wake: () => {},
            fail,
          }),
        );
      }
    },
    tasks: ({ id, parentId }: Channel = channel) =>
      kept.tasks.conversation({ platform: 'discord', chat: parentId ?? id }, { limit: 100 }),
    /** A task of ann's in a state, with its picture, as the record has it. */
    async task(state: TaskState, changes: Partial<Task> = {}): Promise<Task> {
      const id = newTaskId(kept.now());
      await kept.blobs.write(id, UPLOAD_BLOB, [await tinyPng()], { maxBytes: 1_000_000 });
      const {
        rank: _,
        version: __,
        ...made
      } = someTask('received', {
        id,
        requestKey: `test:${id}`,
        requester: { id: `discord:${ann.id}`, name: 'ann' },
        place: { platform: 'discord', chat: channel.id, community: guild.id },
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
      const shown = actions.filter(({ id, isOffered }) => ids?.includes(id) ?? isOffered(task));
      const buttons = shown.map(({ id, words, style }) => ({ action: id, label: words('en').label, style }));
      message.components = [buttonRow(buttons, { task, letter: 'v' })];
      return message;
    },
    async close(): Promise<void> {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

export type DiscordGateways = Awaited<ReturnType<typeof discordGateways>>;
