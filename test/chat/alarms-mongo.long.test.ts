import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { startBot } from '../helpers/bot.ts';
import { mongoUrl, noMongo } from '../helpers/mongo.ts';
import { KEY } from '../helpers/telegram.ts';
import { useOwners } from './alarms.ts';

const MINUTE_MS = 60_000;
const { start, settings, ask, heard, over, expectOnce } = useOwners();

describe.skipIf(noMongo)(
  'who runs the bot hears once in private, on Telegram and on Discord, and once that it is over',
  () => {
    test('that a task is overdue, as no worker runs, until one does', async () => {
      const url = mongoUrl();
      const mongo = await mongoose.createConnection(url).asPromise();
      const folder = await mkdtemp(join(tmpdir(), 'kinora-worker-'));
      try {
        const stage = await start({ MONGO_URL: url, ROLE: 'gateway' });
        const { tg, provider } = stage;
        const ada = tg.people.user();
        await ask(ada);
        const tasks = mongo.collection('tasks');
        // As if it had been asked for six minutes ago.
        await expect
          .poll(async () => (await tasks.updateMany({}, { $inc: { dueAt: -6 * MINUTE_MS } })).modifiedCount)
          .toBe(1);
        const sentence = await heard('A task is overdue by');
        const worker = await startBot({
          ...settings(),
          ROLE: 'worker',
          DATA_DIR: folder,
          API_KEYS: KEY,
          AIVIDEOAPI_URL: provider.url,
          ALLOW: '*',
          TELEGRAM_TOKEN: tg.token,
          TELEGRAM_API_ROOT: tg.url,
        });
        await over(sentence);
        await worker.stop();
        expectOnce(sentence);
      } finally {
        await mongo.dropDatabase();
        await mongo.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);
