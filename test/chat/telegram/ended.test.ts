import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { captioned, type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const labelsOf = ({ now }: SeenMessage) => now.reply_markup?.inline_keyboard.flat().map(({ text }) => text);

/** A request whose picture turns out to be of another shape than strict takes. */
async function refusedForItsShape(chat?: { id: number }) {
  const { tg } = stage;
  const ada = tg.people.user();
  const bytes = await tinyPng(1280, 960);
  const caption = `${chat ? '/animate ' : ''}gulls rise shape=strict motion=8`;
  // A file tells no size before it is fetched.
  await tg.people.sendDocument({ from: ada, chat, bytes, mime: 'image/png', caption });
  return { ada, failed: await stage.untilSaid(chat ?? ada, /the fit "strict" allows no changes/) };
}

describe('what has ended', () => {
  test('for its shape has the repair that its sentence names, as one press', async () => {
    const { tg } = stage;
    const { ada, failed } = await refusedForItsShape();
    expect(wordsOf(failed)).toMatch(/Nothing was spent\.$/);
    expect(labelsOf(failed)).toEqual(['Use crop', 'Another picture', 'Delete', 'Details']);
    await tg.people.press(failed, 'Use crop');
    const clip = await stage.untilClip(ada);
    expect(clip.now.caption).toMatch(/^gulls rise\n5 s · motion 8 · seed \d+ · a quarter cut off .+, from 1280×960$/);
    expect(labelsOf(clip)).toContain('Again');
    expect(await stage.recorded(ada)).toMatchObject([{ options: { fit: 'crop' } }, { options: { fit: 'strict' } }]);
  });

  test('for its picture takes another one, with the same words and options', async () => {
    const { tg, photo } = stage;
    const { ada, failed } = await refusedForItsShape();
    await tg.people.press(failed, 'Another picture');
    const question = await stage.untilSaid(ada, /Which picture should it be instead\?/);
    expect(wordsOf(question)).toContain('gulls rise');
    tg.people.sendText({ from: ada, text: 'a word' });
    await stage.untilSaid(ada, /^I am waiting for the other picture/);
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const clip = await stage.untilClip(ada);
    expect(clip.now.caption).toMatch(/^gulls rise\n5 s · motion 8/);
    await tg.until(() => question.deletedAt !== undefined);
    // Once only: the next picture is another request.
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'foam flies' });
    expect((await stage.untilClip(ada, 2)).now.caption).toEqual(captioned('foam flies'));
  });

  test('in a group it is told how another picture is asked for', async () => {
    const { tg } = stage;
    const place = tg.people.supergroup({ members: [tg.people.user()] });
    const { ada, failed } = await refusedForItsShape(place);
    await tg.people.press(failed, 'Another picture', { from: ada });
    const how = await stage.untilSaid(place, /Send another picture with this beside it/);
    expect(wordsOf(how)).toContain('/animate gulls rise');
  });

  test('Details are told to the one who presses, alone', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'tide turns seed=7' });
    const clip = await stage.untilDone(ada);
    const said = stage.said(ada).length;
    const { text, alert } = await tg.people.press(clip, 'Details');
    expect(alert).toBe(true);
    expect(text).toMatch(
      /^5 s · motion 5 · seed 7 · Crop\nCost: 1 credit\nAsked for on .* UTC, ended after .*\nId: [0-9a-f]{24}$/,
    );
    expect(stage.said(ada)).toHaveLength(said);
  });

  test('by moderation says which part it was, and what the service says of it', async () => {
    const { tg, photo, provider } = stage;
    const ada = tg.people.user();
    provider.tell({ do: 'failNext', codes: ['002'] });
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a face looks up' });
    const failed = await stage.untilSaid(ada, /content rules/);
    expect(wordsOf(failed)).toBe(
      'The service refused the picture under its content rules. It says: “Something about this request”. Try another picture.',
    );
    expect(labelsOf(failed)).toEqual(['Another picture', 'Delete', 'Details']);
    // Once, and with nothing beside it.
    await tg.until(() => stage.said(ada).length === 1);
  });
});
