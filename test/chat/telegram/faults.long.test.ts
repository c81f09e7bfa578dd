import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage({ schedule: 'manual' });
});
afterAll(() => stage.close());

/** A request that is rendering, in a group unless said otherwise. */
async function rendering(chat: { id: number }, more: { topic?: { id: number } } = {}) {
  const { tg, photo } = stage;
  const ada = tg.people.user({ started: true });
  const sent = await tg.people.sendPhoto({ from: ada, chat, bytes: photo, caption: '/animate a storm', ...more });
  await stage.untilSaid(chat, /Rendering/);
  return { ada, sent };
}

async function renderingPrivately() {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a storm' });
  await stage.untilSaid(ada, /Rendering/);
  return { ada, sent };
}

const clipsIn = (...chats: { id: number }[]): number =>
  stage.tg.report().videos.filter(({ chat }) => chats.some(({ id }) => id === chat)).length;

describe('whatever happens on Telegram meanwhile, the clip comes once', () => {
  test('the photo was deleted: the clip comes without a reply', async () => {
    const { ada, sent } = await renderingPrivately();
    stage.tg.people.deleteMessage(sent);
    stage.provider.tell({ do: 'finish' });
    expect((await stage.untilClip(ada)).now.reply_to_message).toBeUndefined();
  });

  test('the topic was closed, or deleted: the clip comes in General', async () => {
    const { people } = stage.tg;
    let clips = 0;
    for (const end of [people.closeTopic, people.deleteTopic]) {
      const forum = people.supergroup({ forum: true, members: [people.user()] });
      const topic = people.topic(forum);
      await rendering(forum, { topic });
      end(forum, topic);
      stage.provider.tell({ do: 'finish' });
      expect((await stage.untilClip(forum)).now.message_thread_id).toBeUndefined();
      clips += clipsIn(forum);
    }
    expect(clips).toBe(2);
  });

  test('the group became a supergroup: the clip comes there', async () => {
    const { people } = stage.tg;
    const group = people.group({ members: [people.user()] });
    await rendering(group);
    const moved = people.migrate(group);
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(moved);
    expect(clipsIn(group, moved)).toBe(1);
  });

  test('the bot was kicked, or may send no videos: the clip comes to the person', async () => {
    const { people } = stage.tg;
    const kicked = people.supergroup({ members: [people.user()] });
    const { ada } = await rendering(kicked);
    people.kickBot(kicked);
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(ada);

    const strict = people.supergroup({ members: [people.user()] });
    const { ada: bea } = await rendering(strict);
    people.restrict(strict, { video: false });
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(bea);
    expect(stage.said(strict).filter(({ now }) => now.text?.includes('ready'))).toEqual([]);
    expect(clipsIn(kicked, ada)).toBe(1);
    expect(clipsIn(strict, bea)).toBe(1);
  });

  test('the person blocked the bot: the clip waits, and comes when they let it in again', async () => {
    const { ada } = await renderingPrivately();
    stage.tg.people.blockBot(ada);
    stage.provider.tell({ do: 'finish' });
    await stage.tg.until(() => stage.tg.report().refused.some(({ why }) => why?.includes('blocked by the user')));
    stage.tg.people.unblockBot(ada);
    await stage.untilClip(ada);
    expect(clipsIn(ada)).toBe(1);
  });

  test('people delete the line that was to become the clip: another one does', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    tg.misbehave('editMessageMedia', { how: 'status', status: 500 });
    stage.provider.tell({ do: 'finish' });
    tg.people.deleteMessage(await stage.untilSaid(ada, /Your clip is ready/));
    await stage.untilClip(ada);
    expect(clipsIn(ada)).toBe(1);
  });

  test('the answer to the edit is lost, and Telegram breaks down: it is repeated, and there is one clip', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    const { editMessageMedia: before = 0 } = tg.report().counts;
    tg.misbehave(
      'editMessageMedia',
      { how: 'reset', when: 'worked' },
      { how: 'status', status: 502, body: '<html>Bad Gateway</html>' },
      { how: 'garbage' },
    );
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(ada);
    await tg.until(() => (tg.report().counts.editMessageMedia ?? 0) >= before + 3);
    await tg.until(() => !stage.said(ada).some(({ now }) => now.text?.includes('storm')));
    expect(stage.said(ada).filter(({ now }) => now.video)).toHaveLength(1);
    expect(clipsIn(ada)).toBe(1);
    expect(stage.said(ada)).toHaveLength(1);
  });

  test('killed between the send and the save: there is one clip, and a stray line at most', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    tg.misbehave('sendMessage', { how: 'silence', worked: true });
    stage.provider.tell({ do: 'finish' });
    await stage.untilSaid(ada, /Your clip is ready/);
    await stage.restart('SIGKILL');
    await stage.untilClip(ada);

    const { ada: bea } = await renderingPrivately();
    tg.misbehave('editMessageMedia', { how: 'silence', worked: true });
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(bea);
    await stage.restart('SIGKILL');
    await tg.until(() => stage.said(bea).every(({ now }) => now.video));
    expect(stage.said(ada).filter(({ now }) => now.video)).toHaveLength(1);
    expect(stage.said(bea)).toHaveLength(1);
    expect(clipsIn(ada)).toBe(1);
    expect(clipsIn(bea)).toBe(1);
  });

  test('429 is waited out, as long as it says', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    const { editMessageMedia: before = 0 } = tg.report().counts;
    tg.misbehave('editMessageMedia', { how: 'status', status: 429, retryAfter: '2' });
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(ada);
    const calls = tg
      .report()
      .calls.filter(({ method }) => method === 'editMessageMedia')
      .slice(before);
    expect(calls).toHaveLength(2);
    expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  test('a card too old to delete is edited to say that it is done', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    tg.advance(49 * 3_600_000);
    stage.provider.tell({ do: 'finish' });
    await stage.untilSaid(ada, /^Done: your clip is below/);
    expect(stage.said(ada)).toHaveLength(2);
  });

  test('a picture that cannot be fetched for a while is fetched later; one that is gone ends in words', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.misbehave('getFile', { how: 'status', status: 500 });
    tg.misbehave(
      'file',
      { how: 'reset', when: 'worked' },
      { how: 'status', status: 302, location: 'http://127.0.0.1:9/' },
    );
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'late' });
    await stage.untilSaid(ada, /Rendering/);
    const bob = tg.people.user();
    tg.misbehave('file', { how: 'status', status: 404 });
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'gone' });
    await stage.untilSaid(bob, /The picture could not be fetched/);
    await tg.until(() => stage.said(bob).length === 1);
  });

  test('what the service refuses is told in one message, with what to do', async () => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    stage.provider.tell({ do: 'fail', code: 'SAFETY.INPUT' });
    await stage.untilSaid(ada, /Try/);
    await tg.until(() => stage.said(ada).length === 1);
    const rows = stage.said(ada)[0]?.now.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));
    expect(rows?.flat()).toEqual(['Again', 'Edit scene', 'Another picture', 'Delete', 'Details']);
  });
});

test('a Bot API server that keeps its files to itself is refused, and the log says how to start it', async () => {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  tg.misbehave('getFile', { how: 'patch', set: { result: { file_id: 'x', file_path: '/etc/passwd' } } });
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'local' });
  await stage.untilSaid(ada, /The picture could not be fetched/);
  expect(stage.rendered('local')).toEqual([]);
});

test('killed between the record and the first answer: the card comes after the restart', async () => {
  const { tg, photo } = stage;
  const ada = tg.people.user();
  tg.misbehave('sendMessage', { how: 'silence' });
  const { sendMessage: before = 0 } = tg.report().counts;
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'unanswered' });
  await tg.until(() => (tg.report().counts.sendMessage ?? 0) > before);
  await stage.restart('SIGKILL');
  await stage.untilSaid(ada, /unanswered/);
  await stage.untilSaid(ada, /Rendering/);
  stage.provider.tell({ do: 'finish' });
  await stage.untilDone(ada);
});

test('Cancel stops what is under way, and the card says so', async () => {
  const { tg } = stage;
  const { ada } = await renderingPrivately();
  const card = await stage.untilSaid(ada, /Rendering/);
  expect((await tg.people.press(card, 'Cancel')).text).toBe('Stopping it, unless it is already done.');
  const cancelled = await stage.untilSaid(ada, /^Cancelled/);
  const left = cancelled.now.reply_markup?.inline_keyboard.flat().map(({ text }) => text);
  expect(left).toEqual(['Again', 'Edit scene', 'Delete', 'Details']);
  expect(clipsIn(ada)).toBe(0);
});

test.each(['unread', 'worked'] as const)(
  'a press whose answer breaks off is answered all the same (%s)',
  async (when) => {
    const { tg } = stage;
    const { ada } = await renderingPrivately();
    const card = await stage.untilSaid(ada, /Rendering/);
    const { answerCallbackQuery: before = 0 } = tg.report().counts;
    tg.misbehave('answerCallbackQuery', { how: 'reset', when });
    expect((await tg.people.press(card, 'Cancel')).text).toBe('Stopping it, unless it is already done.');
    await stage.untilSaid(ada, /^Cancelled/);
    await tg.until(() => tg.report().counts.answerCallbackQuery === before + 2);
  },
);

test.each<{ comes: string; settings: Record<string, string>; words: RegExp }>([
  { comes: 'by its link', settings: {}, words: /this chat does not take it\. Watch it here: http\S+\/c\/\S+$/ },
  { comes: 'not, and that is said', settings: { PUBLIC_URL: '' }, words: /could not be sent here/ },
])('a clip that Telegram finds too large, however small it was made, comes $comes', async ({ settings, words }) => {
  const small = await startStage({ telegram: { maxUploadBytes: 3_000 }, settings });
  try {
    const ada = small.tg.people.user();
    await small.tg.people.sendPhoto({ from: ada, bytes: small.photo, caption: 'too much' });
    await small.untilSaid(ada, words);
    // The card goes by a later look.
    await small.tg.until(() => small.said(ada).length === 1, { withinMs: 60_000 });
  } finally {
    await small.close();
  }
});
