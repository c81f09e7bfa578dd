import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const SURE = /Shall I make this/;
const labels = ({ now }: SeenMessage): string[] =>
  now.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
const takeIn = (message: SeenMessage): string => /take \d of \d/.exec(wordsOf(message))?.[0] ?? '';

/** Those many clips of a chat, once nothing else of the bot's stands there any more. */
const untilClips = (chat: { id: number }, count: number): Promise<SeenMessage[]> =>
  stage.tg.until(
    () => {
      const said = stage.said(chat);
      return said.length === count && said.every(({ now }) => now.video) && said;
    },
    { what: `${count} clips and nothing else` },
  );

describe('several takes', () => {
  test('said in a caption tell what they cost, and wait for Go; each answers the photo, with its own buttons', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'rain falls, seed=7 takes=3' });
    const sure = await stage.untilSaid(ada, SURE);
    expect(stage.rendered('rain falls')).toEqual([]);
    await tg.people.press(sure, 'Go (3 credits)');
    const clips = await untilClips(ada, 3);
    expect(clips.map(takeIn).toSorted()).toEqual(['take 1 of 3', 'take 2 of 3', 'take 3 of 3']);
    expect(clips.map((clip) => /seed \d+/.exec(wordsOf(clip))?.[0]).toSorted()).toEqual(['seed 7', 'seed 8', 'seed 9']);
    for (const clip of clips) {
      expect(clip.now.reply_to_message?.message_id).toBe(sent.id);
      expect(labels(clip)).toEqual(['Again', 'Edit scene', '⭐', 'Share', 'More']);
    }
    expect(tg.report().videos.filter(({ chat }) => chat === ada.id)).toHaveLength(3);

    // Each by itself.
    const second = clips.find((clip) => takeIn(clip) === 'take 2 of 3');
    if (!second) throw new Error('not all came');
    expect((await tg.people.press(second, '⭐')).text).toBe('You starred this clip.');
    await tg.people.press(second, 'Again');
    await stage.untilClip(ada, 4);
    expect(stage.rendered('rain falls')).toHaveLength(4);
    const tasks = await stage.recorded(ada);
    expect(tasks.filter(({ stars }) => stars).map(({ take }) => take?.number)).toEqual([2]);
  });

  test('are chosen under the question, where the price moves along, and have one card that counts them', async () => {
    const { tg, photo } = stage;
    const bea = tg.people.user();
    await tg.people.sendPhoto({ from: bea, bytes: photo });
    const question = await stage.untilSaid(bea, /What should happen in this picture/);
    expect(labels(question)).toContain('Takes: 1');
    await tg.people.press(question, 'Takes: 1');
    await tg.until(() => labels(question).includes('Takes: 2'));
    tg.people.sendText({ from: bea, text: 'snow falls' });
    await tg.people.press(await stage.untilSaid(bea, SURE), 'Go (2 credits)');
    const card = await tg.until(() => stage.said(bea).find((each) => labels(each).includes('Cancel all')));
    const clips = await untilClips(bea, 2);
    expect(clips.map(takeIn).toSorted()).toEqual(['take 1 of 2', 'take 2 of 2']);
    expect(card.deletedAt).toBeDefined();
    expect(stage.rendered('snow falls')).toHaveLength(2);
  });

  test('whose request is told twice are made once', async () => {
    const { tg, photo } = stage;
    const cem = tg.people.user();
    await tg.people.sendPhoto({ from: cem, bytes: photo, caption: 'fog rises takes=2' });
    const sure = await stage.untilSaid(cem, SURE);
    await Promise.all([tg.people.press(sure, 'Go (2 credits)'), tg.people.press(sure, 'Go (2 credits)')]);
    await untilClips(cem, 2);
    for (const update of tg.updates().filter((each) => each.callback_query?.from.id === cem.id))
      tg.people.redeliver(update);
    const tasks = await stage.recorded(cem);
    expect(tasks.map(({ take }) => take?.number).toSorted()).toEqual([1, 2]);
    expect(stage.rendered('fog rises')).toHaveLength(2);
  });
});

test('whether the picture begins or ends the clip is a button under the question, too', async () => {
  const { tg, photo, provider } = stage;
  const dan = tg.people.user();
  await tg.people.sendPhoto({ from: dan, bytes: photo });
  const question = await stage.untilSaid(dan, /What should happen in this picture/);
  await tg.people.press(question, 'Frame: begins with it');
  await tg.until(() => labels(question).includes('Frame: ends with it'));
  tg.people.sendText({ from: dan, text: 'the sun sets' });
  await tg.people.press(await stage.untilSaid(dan, SURE), 'Go (1 credit)');
  await stage.untilClip(dan);
  expect(provider.report().accepted.find(({ scene }) => scene === 'the sun sets')?.asked).toEqual({ endFrame: true });
});
