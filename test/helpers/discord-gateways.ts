import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createAdmission, type SpendLimits } from '../../commands/admission.ts';
import { createDiscord } from '../../src/chat/discord/index.ts';
import { createTaskFiles } from '../../src/chat/kit/task-files.ts';
import type { Listening } from '../../src/chat/platform.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/util/clock.ts';
import { startDiscord } from '../fakes/discord/discord.ts';
import type { Channel } from '../fakes/discord/world.ts';
import { scriptedProvider } from './rig.ts';

/** Gateways with a token of one bot, on one record, in this process; no worker, so that tasks stay as they were asked. */
export async function discordGateways({
  count = 1,
  limits = { allow: ['*'] },
  storeOf = (store) => store,
}: {
  count?: number;
  limits?: SpendLimits;
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
  const config = { token: discord.token, apiUrl: discord.api, cdnUrl: discord.cdn, reply: 'thread' } as const;
  const files = createTaskFiles({ store, log, scratchDir: join(dir, 'shrink') });
  const gateways: Listening[] = [];
  closers.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);

  return {
    ...{ discord, store: kept, guild, channel, ann, lines, provider },
    async listen(): Promise<void> {
      for (let n = 0; n < count; n++) {
        const platform = createDiscord({ config, files, log });
        const fail = (error: Error) => void lines.push(error.message);
        const admission = createAdmission({ store, provider, limits });
        gateways.push(await platform.listen({ store, provider, admission, defaultFit: 'crop', wake: () => {}, fail }));
      }
    },
    tasks: ({ id, parentId }: Channel = channel) =>
      kept.tasks.conversation(
        { platform: 'discord', chat: id, ...(parentId === undefined ? {} : { chat: parentId, thread: id }) },
        { limit: 100 },
      ),
    async close(): Promise<void> {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
}

export type DiscordGateways = Awaited<ReturnType<typeof discordGateways>>;
