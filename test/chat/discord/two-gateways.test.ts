import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { createAdmission } from '../../../commands/admission.ts';
import { createDiscord } from '../../../src/chat/discord/platform.ts';
import type { Listening } from '../../../src/chat/platform.ts';
import { createTaskFiles } from '../../../src/chat/task-files.ts';
import { systemClock } from '../../../src/ops/clock.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { startDiscord } from '../../fakes/discord/discord.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { scriptedGen4 } from '../../helpers/rig.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Two gateways with a token of one bot, on one record; no worker. */
async function twoGateways() {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-two-'));
  closers.push(() => rm(dir, { recursive: true, force: true }));
  const discord = await startDiscord();
  closers.push(discord.close);
  const store = await openSqliteStore({ dir, clock: systemClock });
  closers.push(() => store.close());
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const gen4 = scriptedGen4();
  const admission = createAdmission({ store, gen4, limits: { allow: ['*'] } });
  const config = { token: discord.token, apiUrl: discord.api, cdnUrl: discord.cdn, reply: 'thread' } as const;
  const files = createTaskFiles({ store, log, scratchDir: join(dir, 'shrink') });
  const gateways: Listening[] = [];
  for (let n = 0; n < 2; n++) {
    const platform = createDiscord({ config, files, log });
    const fail = (error: Error) => void lines.push(error.message);
    gateways.push(await platform.listen({ store, gen4, admission, defaultFit: 'crop', wake: () => {}, fail }));
  }
  closers.push(() => Promise.all(gateways.map((gateway) => gateway.stop())));
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const tasks = () => store.tasks.conversation({ platform: 'discord', chat: channel.id }, { limit: 100 });
  return { discord, store, channel, ann, lines, tasks };
}

const PICTURE = { name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };

test('two gateways that hear the same make one task of it, and only one answer is given', async () => {
  const { discord, channel, ann, lines, tasks } = await twoGateways();
  const bytes = await tinyPng();
  const slashes = Array.from({ length: 20 }, (_, n) =>
    discord.slash({
      ...{ user: ann, channel, command: 'animate', options: { scene: `scene ${n}` } },
      attachment: { bytes, ...PICTURE },
    }),
  );
  for (const slash of slashes) expect((await slash.answer()).content).toBe('Taken. Your card appears here.');
  await discord.until(() => slashes.every(({ interaction }) => interaction.refused.length === 1));
  expect(slashes.flatMap(({ interaction }) => interaction.refused)).toEqual(Array(20).fill(40060));
  expect((await tasks()).map(({ scene }) => scene).toSorted()).toEqual(slashes.map((_, n) => `scene ${n}`).toSorted());
  expect(lines).toEqual([]);
});

test('a form that both hear makes one task, though its draft is cleared away by the first', async () => {
  const { discord, channel, ann, lines, tasks } = await twoGateways();
  const file = discord.file(channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
  const message = discord.says(ann, channel, { attachments: [file] });
  const form = discord.menu({ user: ann, message, command: 'Animate this picture' });
  const sent = await discord.submit(form, { scene: 'slow zoom' });
  expect((await sent.answer()).content).toBe('Taken. Your card appears here.');
  await discord.until(() => sent.interaction.refused.length === 1);
  expect(await tasks()).toHaveLength(1);
  expect(lines).toEqual([]);
});
