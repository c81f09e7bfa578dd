import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
let gallery: { id: number };

/** Somebody's clip in private, that two people's stars bring into the gallery. */
async function starred(scene: string): Promise<{ clip: SeenMessage; star(): Promise<unknown> }> {
  const { tg, photo } = stage;
  const [ada, bob] = [tg.people.user(), tg.people.user()];
  const place = tg.people.supergroup({ members: [ada, bob] });
  await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: `/animate ${scene}` });
  const clip = await stage.untilDone(place);
  return { clip, star: () => Promise.all([ada, bob].map((from) => tg.people.press(clip, '⭐', { from }))) };
}

const copiesOf = (scene: string): SeenMessage[] =>
  stage.said(gallery).filter((message) => message.now.video && wordsOf(message).startsWith(scene));
const linesIn = (): SeenMessage[] => stage.said(gallery).filter(({ now }) => !now.video);

const settings = (tg: TelegramStage['tg']): Record<string, string> => {
  gallery = tg.people.channel({ title: 'The best of it' });
  return { GALLERY_CHAT: String(gallery.id), STARS_NEEDED: '2' };
};

describe('a copy for the gallery', () => {
  beforeAll(async () => {
    stage = await startStage({ settings });
  });
  afterAll(() => stage.close());

  test.each([
    ['its line was sent', 'sendMessage', 1],
    ['the video was edited into it', 'editMessageMedia', 0],
  ] as const)(
    'comes once where the program is killed after %s and before that is on record',
    async (_when, method, strays) => {
      const { tg } = stage;
      const before = linesIn().length;
      const { star } = await starred(`killed at ${method}`);
      tg.misbehave(method, { how: 'silence', worked: true });
      await star();
      const calls = () =>
        tg.report().calls.filter((call) => call.method === method && call.chat === String(gallery.id));
      const made = calls().length;
      await tg.until(() => calls().length >= made && stage.said(gallery).length > before);
      await stage.restart('SIGKILL');
      await tg.until(() => copiesOf(`killed at ${method}`).length > 0);
      // A line may stay that says nothing of it; never a second clip.
      await tg.until(() => linesIn().length <= before + strays);
      expect(copiesOf(`killed at ${method}`)).toHaveLength(1);
      expect(
        tg
          .report()
          .videos.filter(({ chat, caption }) => chat === gallery.id && caption.startsWith(`killed at ${method}`)),
      ).toHaveLength(1);
    },
  );

  test('comes once where the answer to its line is lost, and once to its video', async () => {
    const { tg } = stage;
    const { star } = await starred('lost');
    tg.misbehave('editMessageMedia', { how: 'reset', when: 'worked' });
    await star();
    await tg.until(() => copiesOf('lost').length > 0);
    await stage.restart('SIGTERM');
    expect(copiesOf('lost')).toHaveLength(1);
  });

  test('is taken back while it is being shown: nothing of it stays', async () => {
    const { tg } = stage;
    const { clip, star } = await starred('taken back');
    const before = stage.said(gallery).length;
    tg.misbehave('editMessageMedia', { how: 'late', ms: 3_000 });
    await star();
    await tg.until(() => stage.said(gallery).length > before);
    expect((await tg.people.press(clip, 'Delete')).text).toBe('Deleted.');
    await tg.until(() => tg.report().videos.some(({ caption }) => caption.startsWith('taken back\n')));
    await tg.until(() => stage.said(gallery).length === before, { withinMs: 30_000 });
  });
});
