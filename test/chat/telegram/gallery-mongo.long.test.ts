import { afterEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { mongoUrl, noMongo } from '../../helpers/mongo.ts';
import { KEY, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

describe.skipIf(noMongo)('with two workers on one MongoDB', () => {
  let stage: TelegramStage | undefined;
  let other: RunningBot | undefined;
  afterEach(async () => {
    await other?.stop('SIGKILL');
    await stage?.close();
  });

  test('what two people star at the same moment is in the gallery once', async () => {
    const url = mongoUrl();
    let gallery = { id: 0 };
    stage = await startStage({
      settings: (tg) => {
        gallery = tg.people.channel({ title: 'The best of it' });
        return { GALLERY_CHAT: String(gallery.id), STARS_NEEDED: '2', MONGO_URL: url };
      },
    });
    const { tg, provider, dir, photo } = stage;
    other = await startBot({
      ROLE: 'worker',
      MONGO_URL: url,
      DATA_DIR: dir,
      AIVIDEOAPI_URL: provider.url,
      API_KEYS: KEY,
      ALLOW: '*',
      TELEGRAM_TOKEN: tg.token,
      TELEGRAM_API_ROOT: tg.url,
    });
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const scenes = ['both one', 'both two', 'both three'];
    for (const scene of scenes) {
      const place = tg.people.supergroup({ members: [ada, bob] });
      await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: `/animate ${scene}` });
      const clip = await stage.untilDone(place);
      await Promise.all([ada, bob].map((from) => tg.people.press(clip, '⭐', { from })));
    }
    const copies = () => stage?.said(gallery).map((message) => (message.now.video ? wordsOf(message) : 'a line')) ?? [];
    await tg.until(() => copies().filter((copy) => copy !== 'a line').length >= scenes.length);
    expect(copies()).toEqual(scenes.map((scene) => `${scene}\n— by Ada`));
    expect(tg.report().videos.filter(({ chat }) => chat === gallery.id)).toHaveLength(scenes.length);
  });
});
