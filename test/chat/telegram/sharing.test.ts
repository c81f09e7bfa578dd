import { afterEach, expect, test } from 'vitest';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
afterEach(() => stage.close());

test('@bot words offers one’s own newest clips by the words of their scenes, and a clip is uploaded once', async () => {
  stage = await startStage();
  const { tg, photo } = stage;
  const [ada, bob] = [tg.people.user(), tg.people.user()];
  expect((await tg.people.inlineQuery({ from: ada, query: '' })).button).toEqual({
    text: 'Make a clip first',
    start_parameter: 'new',
  });
  for (const [n, scene] of ['waves at Dawn', 'waves at dusk', 'a cat'].entries()) {
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: scene });
    await stage.untilClip(ada, n + 1);
  }
  await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'waves of bob' });
  await stage.untilDone(bob);
  await tg.until(() => stage.said(ada).length === 3);

  const titles = async (query: string) => {
    tg.advance(10_000);
    const answer = await tg.people.inlineQuery({ from: ada, query });
    expect(answer).toMatchObject({ personal: true, cached: false });
    expect(answer.cacheTime).toBeLessThanOrEqual(10);
    return answer.results.map(({ title }) => title);
  };
  expect(await titles('')).toEqual(['a cat', 'waves at dusk', 'waves at Dawn']);
  expect(await titles('DAWN waves')).toEqual(['waves at Dawn']);
  expect(await titles('dog')).toEqual([]);

  const [clip] = stage.said(ada);
  if (!clip) throw new Error('no clip');
  await tg.people.press(clip, 'Delete');
  expect(await titles('dawn')).toEqual([]);
  const { results } = await tg.people.inlineQuery({ from: ada, query: 'dusk ' });
  expect(results[0]).toMatchObject({ type: 'video', video_file_id: stage.said(ada)[0]?.now.video?.file_id });
  expect(tg.report().counts.editMessageMedia).toBe(4);
});
