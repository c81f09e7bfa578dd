import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Task } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { noBrowser } from '../../helpers/browser.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { conversation, errorIn, newKey, openLive } from '../../helpers/web.ts';
import { useStage } from '../../helpers/web-stage.ts';

const you = { id: 'web:local', name: 'You' };
const replySchema = z.strictObject({
  say: z.string().optional(),
  confirm: z.strictObject({ text: z.string(), label: z.string(), question: z.string() }).optional(),
  file: z.strictObject({ name: z.string(), content: z.string() }).optional(),
});
const exportSchema = z.object({
  person: z.object({ id: z.string() }),
  requests: z.array(
    z.object({
      scene: z.string(),
      options: z.object({ seed: z.number() }),
      times: z.object({ delivered: z.string() }),
    }),
  ),
});

describe('the program', () => {
  let dir: string;
  let bot: RunningBot;
  let elsewhere: Task;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-privacy-'));
    const picture = await tinyPng();
    const files = { picture, clip: Buffer.from('a clip'), size: { width: 1280, height: 720 } };
    const store = await openSqliteStore({ dir, clock: systemClock });
    const place = { platform: 'web', chat: 'main' };
    for (const scene of ['waves', 'snow']) await putDelivered(store, files, { place, requester: you, scene });
    elsewhere = await putDelivered(store, files, { requester: { id: 'discord:1', name: 'Ben' } });
    await store.close();
    bot = await startBot({ DATA_DIR: dir });
  });
  afterAll(async () => {
    await bot.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const post = (path: string) => fetch(`${bot.url}${path}`, { method: 'POST', headers: { origin: bot.url } });
  const say = async (command: string) =>
    replySchema.parse(await (await post(`/api/commands/${command}?key=${newKey()}`)).json());

  test('/export gives what is kept, and not again at once', async () => {
    const { say: said, file } = await say('export');
    expect(said).toContain('2 requests');
    expect(file?.name).toBe('kinora.json');
    const { person, requests } = exportSchema.parse(JSON.parse(file?.content ?? ''));
    expect([person.id, requests.map(({ scene }) => scene).sort()]).toEqual([you.id, ['snow', 'waves']]);
    const again = await post(`/api/commands/export?key=${newKey()}`);
    expect([again.status, await errorIn(again)]).toEqual([400, expect.stringContaining('Ask again in a minute')]);
  });

  test('/forget says that this page knows no persons, and takes all that was made here from the pages that are open', async () => {
    const live = await openLive(bot.url);
    const { tasks } = await conversation(bot.url);
    const { confirm } = await say('forget');
    expect(confirm?.text).toContain('does not know who is who');
    expect(confirm?.text).not.toMatch(/\byours?\b|\n/i);
    for (const question of ['0'.repeat(12), 'x', '..%2f'])
      expect((await post(`/api/confirm/${question}`)).status).toBe(409);
    const foreign = { method: 'POST', headers: { origin: 'http://elsewhere.example' } };
    expect((await fetch(`${bot.url}/api/confirm/${confirm?.question}`, foreign)).status).toBe(403);
    expect((await conversation(bot.url)).tasks).toHaveLength(2);

    const { say: said } = replySchema.parse(await (await post(`/api/confirm/${confirm?.question}`)).json());
    expect(said).toContain('within a minute or two');
    for (const { taskId } of tasks) await live.until((event) => event.event === 'gone' && event.data.taskId === taskId);
    expect((await conversation(bot.url)).tasks).toEqual([]);
    const names = await readdir(join(dir, 'files'));
    expect(names.filter((name) => !name.startsWith(elsewhere.id))).toEqual([]);
    expect(names).not.toEqual([]);
    live.close();
  });
});

describe.skipIf(noBrowser)('the page', () => {
  const { open } = useStage();

  test('asks whether /forget is meant, and saves what /export gives', async () => {
    const { web, mock } = await open();
    const { page } = web;
    const dialog = page.getByRole('dialog');
    const say = async (words: string) => {
      await web.scene.fill(words);
      await web.scene.press('Enter');
    };
    await say('/forget');
    await dialog.getByText('everything that was made here').waitFor();
    expect(await web.axe()).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(mock.confirmed).toEqual([]);
    await say('/forget');
    // Whoever is forgotten is somebody else from then on: no page goes on as it was, and the answer is still said.
    const anew = page.waitForEvent('load');
    await dialog.getByRole('button', { name: 'Forget me' }).click();
    await anew;
    await page.getByText('It is done within a minute or two').waitFor();
    expect(mock.confirmed).toEqual(['0123456789ab']);

    const download = page.waitForEvent('download');
    await say('/export');
    expect((await download).suggestedFilename()).toBe('kinora.json');
    await page.getByText('2 requests').waitFor();
  });
});
