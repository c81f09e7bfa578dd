import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test('Continue asks what happens next and brings both as one clip; Loop brings it there and back', async () => {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves roll in' });
  const clip = await stage.untilClip(ada);
  await tg.people.press(clip, 'More');
  await tg.people.press(clip, 'Continue');
  const question = await stage.untilSaid(ada, /What happens next\? \(5 s: 1 credit\)/);
  expect(wordsOf(question)).toContain('waves roll in');
  await stage.restart('SIGKILL');
  tg.people.sendText({ from: ada, text: 'the sun sets', replyTo: question });
  const nth = (n: number) =>
    tg.until(() => stage.said(ada).filter(({ now }) => now.video)[n - 1], { withinMs: 90_000, what: `clip ${n}` });
  const both = await nth(2);
  expect(both.now.caption).toContain('the sun sets');
  expect(both.now.video?.duration).toBe(10);
  expect(stage.rendered()).toEqual(['waves roll in', 'the sun sets']);
  await tg.people.press(clip, 'More');
  await tg.people.press(clip, 'Loop');
  const loop = await nth(3);
  expect(loop.now.video?.duration).toBe(10);
  const tasks = await stage.recorded(ada);
  const [first] = tasks.filter(({ goesOn, shows }) => !goesOn && !shows);
  expect(tasks.find(({ goesOn }) => goesOn)).toMatchObject({ from: first?.id, state: 'delivered' });
  expect(tasks.find(({ format }) => format === 'loop')).toMatchObject({ shows: first?.id, cost: 0 });
}, 240_000);
