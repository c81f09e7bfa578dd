import { readFile } from 'node:fs/promises';
import { type RunnerHandle, run } from '@grammyjs/runner';
import { Bot, type Context, GrammyError, InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { type FakeTelegram, startTelegram } from './telegram.ts';

let tg: FakeTelegram;
let bot: Bot;
let runner: RunnerHandle | undefined;
beforeEach(async () => {
  tg = await startTelegram();
  bot = new Bot(tg.token, { client: { apiRoot: tg.url } });
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
  await tg.close();
});

const clip = () => readFile(new URL('../clips/clip-1280x720-5s.mp4', import.meta.url));
const thumbnail = () =>
  sharp({ create: { width: 320, height: 180, channels: 3, background: 'navy' } })
    .jpeg()
    .toBuffer();

async function videoOf(bytes: Buffer) {
  return InputMediaBuilder.video(new InputFile(bytes, 'clip.mp4'), {
    width: 1280,
    height: 720,
    duration: 5,
    supports_streaming: true,
    caption: 'the sea',
    thumbnail: new InputFile(await thumbnail(), 'thumb.jpg'),
  });
}

/** A small bot on the real library: takes a photo, downloads it, answers, turns the answer into a video. */
function animating(downloads: Buffer[]) {
  bot.on('message:photo', async (ctx) => {
    const { file_path } = await ctx.getFile();
    const answer = await fetch(`${tg.url}/file/bot${tg.token}/${file_path}`);
    downloads.push(Buffer.from(await answer.arrayBuffer()));
    const line = await ctx.reply('your clip is ready', {
      reply_parameters: { message_id: ctx.msg.message_id, allow_sending_without_reply: true },
    });
    const media = await videoOf(await clip());
    const reply_markup = new InlineKeyboard().text('Again', 'again:1');
    await ctx.api.editMessageMedia(ctx.chat.id, line.message_id, media, { reply_markup });
  });
  bot.callbackQuery('again:1', (ctx) => ctx.answerCallbackQuery({ text: 'once more' }));
  bot.on('inline_query', async (ctx) => {
    const shown = tg.report().videos.length > 0 ? lastVideoId() : '';
    await ctx.answerInlineQuery([{ type: 'video', id: '1', title: 'the sea', video_file_id: shown }], {
      is_personal: true,
      cache_time: 5,
    });
  });
}

const lastVideoId = (): string =>
  tg
    .report()
    .chats.flatMap(({ messages }) => messages)
    .flatMap(({ now }) => now.video?.file_id ?? [])
    .at(-1) ?? '';

test('a bot made with grammY and its runner takes a photo, downloads it, and edits its answer into a clip', async () => {
  const downloads: Buffer[] = [];
  animating(downloads);
  runner = run(bot);
  const ada = tg.people.user({ language: 'de' });
  const photo = await tg.people.sendPhoto({ from: ada, bytes: await tinyPng(1600, 1200), caption: 'the sea' });
  const shown = await tg.until(() => tg.messages(ada).find(({ now }) => now.video));

  expect(shown).toMatchObject({ byBot: true, history: [{ text: 'your clip is ready' }] });
  expect(shown.now).toMatchObject({ caption: 'the sea', reply_to_message: { message_id: photo.id } });
  expect(await sharp(downloads[0]).metadata()).toMatchObject({ format: 'jpeg', width: 1280, height: 960 });
  expect(tg.report().videos).toMatchObject([{ how: 'edited in', width: 1280, duration: 5, squareTile: false }]);
  expect(tg.file(lastVideoId())?.equals(await clip())).toBe(true);

  expect(await tg.people.press(shown, 'Again')).toMatchObject({ text: 'once more', alert: false });
  const offer = { results: [{ video_file_id: lastVideoId() }], cacheTime: 5, personal: true, cached: false };
  expect(await tg.people.inlineQuery({ from: ada, query: 'sea' })).toMatchObject(offer);
  expect(await tg.people.inlineQuery({ from: ada, query: 'sea' })).toMatchObject({ ...offer, cached: true });
  expect(tg.report()).toMatchObject({ flood: [], refused: [], tokenLeaks: [], pollers: { conflicts: 0 } });
});

test('the same clip edited in again is refused as not modified, so a repeated delivery is harmless', async () => {
  const ada = tg.people.user({ started: true });
  const { message_id } = await bot.api.sendMessage(ada.id, 'your clip is ready');
  await bot.api.editMessageMedia(ada.id, message_id, await videoOf(await clip()));
  const again = bot.api.editMessageMedia(ada.id, message_id, await videoOf(await clip()));
  await expect(again).rejects.toThrow(/message is not modified: specified new message content/);
  expect(tg.report().videos).toHaveLength(1);
});

test('updates that a killed bot had not confirmed come again to the next one', async () => {
  const seen: string[] = [];
  bot.on('message:text', (ctx: Context) => void seen.push(ctx.msg?.text ?? ''));
  const ada = tg.people.user();
  tg.people.sendText({ from: ada, text: 'first' });
  expect(await bot.api.getUpdates({ timeout: 1 })).toHaveLength(1); // and dies before it confirms
  runner = run(bot);
  await tg.until(() => tg.unconfirmed().length === 0);
  expect(seen).toEqual(['first']);
});

test('a second poller ends the first one with a conflict that its runner reports', async () => {
  await bot.init();
  const first = bot.api.getUpdates({ timeout: 30 });
  const conflict = expect(first).rejects.toMatchObject({
    error_code: 409,
    description: expect.stringMatching('terminated by other getUpdates'),
  });
  await tg.until(() => tg.polling());
  runner = run(bot);
  await conflict;
  expect(tg.report().pollers.conflicts).toBe(1);
});

test('flood control tells grammY how long to wait', async () => {
  const group = tg.people.group({ members: [tg.people.user()] });
  for (let n = 0; n < 20; n++) await bot.api.sendMessage(group.id, `status ${n}`);
  const refused: unknown = await bot.api.sendMessage(group.id, 'one too many').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(GrammyError);
  expect(refused).toMatchObject({ error_code: 429, parameters: { retry_after: 60 } });
  tg.advance(60_000);
  await bot.api.sendMessage(group.id, 'in time');
  expect(tg.report().flood).toMatchObject([{ chat: group.id, method: 'sendMessage', whileBlocked: false }]);
});
