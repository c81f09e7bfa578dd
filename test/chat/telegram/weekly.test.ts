import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import type { FakeTelegram } from '../../fakes/telegram/telegram.ts';
import { startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

const DAY_MS = 24 * 3_600_000;
/** Monday, nine o'clock UTC, after this instant. */
const mondayAfter = (instant: number): number => {
  const monday = 4 * DAY_MS + 9 * 3_600_000;
  return instant + 7 * DAY_MS - ((instant - monday) % (7 * DAY_MS));
};

const clockFile = join(tmpdir(), `kinora-weekly-${process.pid}`);
let stage: TelegramStage;
let olga: ReturnType<FakeTelegram['people']['user']>;
beforeAll(async () => {
  stage = await startStage({
    imports: ['./dist/test/helpers/skewed-clock.js'],
    settings(tg) {
      olga = tg.people.user({ name: 'Olga', started: true });
      return { OWNER: `telegram:${olga.id}`, CLOCK_FILE: clockFile };
    },
  });
});
afterAll(() => stage.close());

test('who runs the bot hears on Monday, in private, how the week was', async () => {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
  await stage.untilDone(ada);
  await writeFile(clockFile, String(mondayAfter(Date.now()) + 60_000 - Date.now()));
  await stage.restart('SIGTERM');
  const said = await stage.untilSaid(olga, /seven days/);
  const week = { clips: 1, failed: 0, people: 1, credits: 1 };
  const before = { clips: 0, failed: 0, people: 0, credits: 0 };
  expect(wordsOf(said)).toBe(messagesFor('en').admin.weekly({ week, before }));
});
