import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRunway } from '../../fakes/runway.ts';
import type { StandIn } from '../../fakes/stand-in.ts';
import { startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

const KEY = 'key_of-the-other-stand-in-0123456789';
const MODEL = 'model=veo3.1_fast';
const SOON = { timeout: 30_000 };

let service: StandIn;
let stage: TelegramStage;
let day: Buffer;
let night: Buffer;
beforeAll(async () => {
  service = await startRunway({ keys: { [KEY]: 10_000 }, schedule: { ms: 150 } });
  const settings = { API_KEYS: '', RUNWAYML_API_SECRET: KEY, RUNWAY_URL: service.url, MODELS: 'veo3.1_fast' };
  stage = await startStage({ settings });
  day = await picture('#eeddaa');
  night = await picture('#112244');
});
afterAll(async () => {
  await stage.close();
  await service.close();
});

const picture = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 1280, height: 720, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** What the service was asked for a scene. */
const asked = (scene: string) =>
  service
    .report()
    .accepted.filter((job) => job.scene === scene)
    .map((job) => job.asked);

describe('two pictures', () => {
  let pair: unknown;

  test('of an album whose caption goes from one to the other are one clip, once, by the model and with the sound that were chosen', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const scene = 'day → night';
    await tg.people.sendAlbum({ from: ada, pictures: [day, night, day], caption: `${scene} ${MODEL} sound=on` });
    const one = { model: 'veo3.1_fast', audio: true, pictures: [expect.any(String), expect.any(String)] };
    await expect.poll(() => asked(scene), SOON).toEqual([one]);
    pair = asked(scene)[0]?.pictures;
    // The service is looked at every few seconds.
    const clip = await tg.until(() => stage.said(ada).find(({ now }) => now.video), { withinMs: 60_000 });
    expect(wordsOf(clip)).toMatch(/^day → night\nVeo 3.1 Fast · 4 s with sound · .*ends on a second picture/);
    await stage.untilSaid(ada, /I take the first two pictures of this album/);
    for (const update of tg.updates().filter((each) => each.message?.from?.id === ada.id)) tg.people.redeliver(update);
    tg.people.sendText({ from: ada, text: 'and?' });
    await stage.untilSaid(ada, /answer one photo with the other/);
    expect(asked(scene)).toEqual([one]);
    expect(stage.said(ada).filter(({ now }) => now.video)).toHaveLength(1);
  });

  test('of which one answers the other are a clip from that one to this', async () => {
    const { tg } = stage;
    const bea = tg.people.user();
    const place = tg.people.supergroup({ members: [bea] });
    const first = await tg.people.sendPhoto({ from: bea, chat: place, bytes: day });
    const caption = `/animate the sun sets ${MODEL}`;
    await tg.people.sendPhoto({ from: bea, chat: place, bytes: night, replyTo: first, caption });
    // It may have been no more than an answer: what costs something is said back first.
    const back = await stage.untilSaid(place, /the sun sets\nends on a second picture$/);
    await tg.people.press(back, 'Go (40 credits)', { from: bea });
    await expect
      .poll(() => asked('the sun sets'), SOON)
      .toEqual([{ model: 'veo3.1_fast', audio: false, pictures: pair }]);
  });

  test('are one picture each where nothing says so, or their model takes no second one', async () => {
    const { tg } = stage;
    const [cem, dan] = [tg.people.user(), tg.people.user()];
    await tg.people.sendAlbum({ from: cem, pictures: [day, night], caption: 'from left to right clouds pass' });
    await expect
      .poll(() => asked('from left to right clouds pass'), SOON)
      .toMatchObject([{ model: 'gen4_turbo', pictures: [expect.any(String)] }]);
    await tg.people.sendAlbum({ from: dan, pictures: [day, night], caption: 'Tag → Nacht' });
    await stage.untilSaid(
      dan,
      /^Clips by Gen-4 Turbo cannot end on a second picture\. Choose Veo 3\.1 Fast, or leave it out\.$/,
    );
    expect(asked('Tag → Nacht')).toEqual([]);
  });

  test('are both there where the program is killed when it was told the first of them', async () => {
    const { tg } = stage;
    const eva = tg.people.user();
    const mediaGroup = 'album-with-a-kill-in-it';
    const scene = 'from dawn → dusk';
    await tg.people.sendPhoto({ from: eva, bytes: day, mediaGroup, caption: `${scene} ${MODEL}` });
    // Once it is told no more it is on record.
    await tg.until(() => tg.unconfirmed().length === 0);
    await stage.restart();
    await tg.people.sendPhoto({ from: eva, bytes: night, mediaGroup });
    await expect.poll(() => asked(scene), SOON).toMatchObject([{ pictures: pair }]);
  });

  test('of which the second never comes are asked for in another way', async () => {
    const { tg } = stage;
    const fay = tg.people.user();
    await tg.people.sendPhoto({ from: fay, bytes: day, mediaGroup: 'half-an-album', caption: `from a to b ${MODEL}` });
    await stage.untilSaid(fay, /The second picture of the album did not reach me/);
    expect(asked('from a to b')).toEqual([]);
  });
});
