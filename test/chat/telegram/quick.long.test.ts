import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  // As strict as Telegram is about how much is sent.
  stage = await startStage({ telegram: { flood: {} }, schedule: { ms: 700 } });
});
afterAll(() => stage.close());

const NO_MEDIA = {
  how: 'status',
  status: 400,
  body: { ok: false, error_code: 400, description: 'Bad Request: there is no media in the message to edit' },
} as const;

/** Milliseconds from a message of a person’s to the first of the bot’s that answers it. */
async function firstWordMs(sent: { chat: number; id: number; sentAt: number }): Promise<number> {
  const chats = () => stage.tg.report().chats.find(({ id }) => id === sent.chat)?.messages ?? [];
  const word = await stage.tg.until(() =>
    chats().find(({ byBot, now }) => byBot && now.reply_to_message?.message_id === sent.id),
  );
  return word.sentAt - sent.sentAt;
}

const callsIn = (chat: { id: number }, method: RegExp): number =>
  stage.tg.report().calls.filter((call) => call.chat === String(chat.id) && method.test(call.method)).length;

describe('the first word', () => {
  test('comes at once to each of five photos sent in a row', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await Promise.all(
      Array.from({ length: 5 }, (_, n) => tg.people.sendPhoto({ from: ada, bytes: photo, caption: `wave ${n}` })),
    );
    const waits = await Promise.all(sent.map(firstWordMs));
    expect(Math.max(...waits)).toBeLessThan(1_000);
    await stage.untilClip(ada, 5);
  });

  test('comes at once in a group of eight requests a minute, whose clips come too, and Telegram refuses nothing', async () => {
    const { tg, photo } = stage;
    const people = Array.from({ length: 8 }, () => tg.people.user());
    const place = tg.people.supergroup({ members: people });
    const sent = await Promise.all(
      people.map((from, n) => tg.people.sendPhoto({ from, chat: place, bytes: photo, caption: `/animate tide ${n}` })),
    );
    for (const wait of await Promise.all(sent.map(firstWordMs))) expect(wait).toBeLessThan(3_000);
    await stage.untilClip(place, 8);
    expect(callsIn(place, /^(send(?!ChatAction)|edit)/)).toBeLessThanOrEqual(20);
    expect(tg.report().flood).toEqual([]);
  });

  test('that met a 429 or a 502 is said again at once', async () => {
    const { tg, photo } = stage;
    for (const fault of [
      { how: 'status', status: 502, body: { ok: false, error_code: 502, description: 'Bad Gateway' } },
      { how: 'status', status: 502, body: '<html>Bad Gateway</html>' },
      { how: 'status', status: 429, retryAfter: '1' },
    ] as const) {
      const ada = tg.people.user();
      tg.misbehave('sendMessage', fault);
      const wait = await firstWordMs(await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog' }));
      expect(wait).toBeLessThan(fault.how === 'status' && fault.status === 429 ? 2_500 : 1_500);
      await stage.untilDone(ada);
    }
  });

  test.each(['read', 'worked'] as const)('whose answer was lost is not said twice (%s)', async (when) => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.misbehave('sendMessage', { how: 'reset', when });
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a lost word' });
    await tg.until(() => sent.reactions?.includes('👀'));
    await stage.untilClip(ada);
    const chat = tg.report().chats.find(({ id }) => id === ada.id);
    const cards = chat?.messages.filter(
      ({ byBot, now, history }) => byBot && !now.video && history.every((each) => !each.video),
    );
    expect(cards).toHaveLength(when === 'worked' ? 1 : 0);
    // The one that came is a stray, which goes when it is pressed.
    const [stray] = stage.said(ada).filter(({ now }) => !now.video);
    if (stray) await tg.people.press(stray, 'Cancel');
    await stage.untilDone(ada);
  });

  test('is preceded by signs that cost nothing where it has to wait', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    tg.misbehave('sendMessage', { how: 'status', status: 429, retryAfter: '3' });
    const sent = await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate a mist' });
    await tg.until(() => callsIn(place, /^sendChatAction$/) > 0);
    expect(stage.said(place)).toEqual([]);
    await tg.until(() => sent.reactions?.includes('👀'));
    await stage.untilSaid(place, /a mist/);
    await tg.until(() => sent.reactions?.length === 0);
    await stage.untilClip(place);
  });
});

describe('a clip', () => {
  test('becomes of the card where the answer to its line was lost: one stray at most', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog, lost' });
    await stage.untilSaid(ada, /fog, lost/);
    const lost = { how: 'reset', when: 'worked' } as const;
    tg.misbehave('sendMessage', lost, lost);
    const clip = await stage.untilClip(ada);
    expect(clip.history.some(({ text }) => text?.includes('fog, lost'))).toBe(true);
    expect(stage.said(ada).filter(({ now }) => !now.video)).toHaveLength(1);
    // One of the faults was not needed: it is for the next card.
    await tg.people.press(clip, 'Again');
    await stage.untilClip(ada, 2);
    expect(clip.deletedAt).toBeUndefined();
  });

  test('comes at once as a message of its own where the server edits no media into text', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.misbehave('editMessageMedia', NO_MEDIA);
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'an older server' });
    await stage.untilDone(ada);
    expect(tg.report().videos.filter(({ chat }) => chat === ada.id)).toMatchObject([{ how: 'sent' }]);
  });

  test('costs six sends and edits at most in private, however long it takes', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'six' });
    await stage.untilDone(ada);
    expect(callsIn(ada, /^(send(?!ChatAction)|edit)/)).toBeLessThanOrEqual(6);
  });
});
