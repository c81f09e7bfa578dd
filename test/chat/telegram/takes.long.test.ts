import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage({ schedule: { ms: 800 } });
});
afterAll(() => stage.close());

test('of which the program is killed again and again while they are made come once each, and are paid once each', async () => {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'rain falls takes=4 seed=1' });
  await tg.people.press(await stage.untilSaid(ada, /Shall I make this/), 'Go (4 credits)');
  await stage.untilSaid(ada, /4 takes/);
  await stage.restart('SIGKILL');
  await tg.until(() => stage.rendered('rain falls').length > 0);
  // The line that is to become a clip was taken, and its answer never comes.
  tg.misbehave('editMessageMedia', { how: 'silence', worked: true });
  await stage.untilClip(ada);
  await stage.restart('SIGKILL');
  await stage.untilClip(ada, 2);
  await stage.restart('SIGKILL');
  await stage.untilClip(ada, 4);
  // A card whose answer was lost by a kill may be left, as for one clip; a clip comes once.
  const clips = stage.said(ada).filter(({ now }) => now.video);
  expect(clips.map((clip) => /take \d of 4/.exec(wordsOf(clip))?.[0]).toSorted()).toEqual([
    'take 1 of 4',
    'take 2 of 4',
    'take 3 of 4',
    'take 4 of 4',
  ]);
  const tasks = await stage.recorded(ada);
  expect(tasks.map(({ state, options }) => [state, options.seed]).toSorted()).toEqual([
    ['delivered', 1],
    ['delivered', 2],
    ['delivered', 3],
    ['delivered', 4],
  ]);
}, 120_000);
