import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/util/hash.ts';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const QUESTION = /Shall I forget everything of yours/;
const labels = ({ now }: SeenMessage): string[] =>
  now.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
const idOf = (clip: SeenMessage): string =>
  clip.now.reply_markup?.inline_keyboard.flat()[0]?.callback_data?.split(':')[1] ?? '';

async function clipOf(from: { id: number }, scene: string, chat?: { id: number }): Promise<SeenMessage> {
  const caption = chat ? `/animate ${scene}` : scene;
  await stage.tg.people.sendPhoto({ from, chat: chat ?? from, bytes: stage.photo, caption });
  return stage.untilDone(chat ?? from);
}
/** The record's files as they are, with what is left in them of rows that are gone. */
async function inRecord(): Promise<string> {
  const names = (await readdir(stage.dir)).filter((name) => name.startsWith('kinora'));
  return (await Promise.all(names.map((name) => readFile(join(stage.dir, name), 'latin1')))).join('\n');
}
const isGone = (message: SeenMessage) => stage.tg.until(() => message.deletedAt !== undefined, { what: 'it to go' });

test('/privacy tells in ten lines what is kept, as things are set up', async () => {
  const { tg } = stage;
  const ada = tg.people.user();
  tg.people.sendText({ from: ada, text: '/privacy' });
  const text = wordsOf(await stage.untilSaid(ada, /What I keep of you/));
  expect(text.split('\n')).toHaveLength(10);
  expect(text).toContain('30 days');
  expect(text).toContain('made by aivideoapi');
  expect(text).toContain('only if you ask for it, or where the chat cannot take the clip');
  for (const kept of ['the last ten changes', 'a block by those who run this bot']) expect(text).toContain(kept);
});

test('/export gives a person theirs, as a file in their private chat, also where it was asked for in a group', async () => {
  const { tg } = stage;
  const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
  const place = tg.people.supergroup({ members: [ada, bob] });
  await clipOf(ada, 'lanterns sway');
  await clipOf(bob, 'his own rain', place);
  tg.people.sendText({ from: ada, chat: place, text: '/export' });
  await stage.untilSaid(place, /I sent it to you in private/);
  const { now } = await stage.untilSaid(ada, /What I keep of you: 1 request,/);
  const file = JSON.parse(tg.file(now.document?.file_id ?? '')?.toString() ?? '');
  expect(file).toMatchObject({
    person: { id: `telegram:${ada.id}`, name: 'Ada' },
    requests: [{ scene: 'lanterns sway', clip: { width: 1280, height: 720 }, options: { duration: 5 } }],
  });
  expect(JSON.stringify(file)).not.toContain('his own rain');
  // Who never wrote to the bot is told how.
  tg.people.sendText({ from: bob, chat: place, text: '/export' });
  await stage.untilSaid(place, /write to me in private first/);
  tg.people.sendText({ from: bob, chat: place, text: '/export' });
  await stage.untilSaid(place, /You asked for this just now/);
});

describe('/forget', () => {
  test('asks first, and is for the person alone who was asked: in a group nobody else is forgotten by their press', async () => {
    const { tg } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
    const place = tg.people.supergroup({ members: [ada, bob] });
    const clip = await clipOf(ada, 'tides', place);
    tg.people.sendText({ from: ada, chat: place, text: '/forget' });
    const question = await stage.untilSaid(place, QUESTION);
    expect(labels(question)).toEqual(['Forget me']);
    expect(await tg.people.press(question, 'Forget me', { from: bob })).toMatchObject({
      alert: true,
      text: 'Somebody else was asked this.',
    });
    const forged = await tg.people.press(question, 'confirm:0123456789ab', { from: bob, forged: true });
    expect(forged.text).toContain('too old');
    expect(clip.deletedAt).toBeUndefined();
  });

  // The last, as it ends the program.
  test('leaves nothing of a person in the record, its free pages, files and logs, though the program is killed in the middle', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user({ name: 'Ada Lovelace' }), tg.people.user({ name: 'Bob' })];
    const place = tg.people.supergroup({ members: [ada, bob] });
    const clips = [await clipOf(ada, 'the secret engine hums'), await clipOf(ada, 'the secret engine stops', place)];
    const [alone, shared] = clips;
    if (!alone || !shared) throw new Error('there are no clips');
    await tg.people.press(shared, '⭐', { from: ada });
    await tg.people.press(alone, 'Link');
    const page = /http\S+\/c\/\S+/.exec(wordsOf(await stage.untilSaid(ada, /\/c\//)))?.[0] ?? '';
    expect((await fetch(page)).status).toBe(200);
    // Another take of her picture, and a question that is open.
    await tg.people.press(shared, 'Again', { from: bob });
    const take = await stage.untilClip(place, 2);
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const open = await stage.untilSaid(ada, /What should happen in this picture/);
    const his = await clipOf(bob, 'his own waves');

    tg.people.sendText({ from: ada, text: '/forget' });
    const question = await stage.untilSaid(ada, QUESTION);
    expect(wordsOf(question)).toContain('only what I posted in the last two days');
    expect(wordsOf(question)).toContain('a block by those who run this bot stays');
    tg.misbehave('deleteMessage', { how: 'status', status: 502, body: { ok: false } });
    await tg.people.press(question, 'Forget me');
    await stage.restart('SIGKILL');

    await Promise.all([alone, shared, take].map(isGone));
    await expect.poll(inRecord, { timeout: 60_000 }).not.toContain('forget:');
    expect((await fetch(page)).status).toBe(404);
    expect([his.deletedAt, open.deletedAt]).toEqual([undefined, undefined]);
    tg.people.sendText({ from: ada, text: '/export' });
    await stage.untilSaid(ada, /I have no requests or stars of yours/);
    const left = await stage.traces();
    for (const secret of ['Ada Lovelace', 'secret engine'])
      expect([secret, left.includes(secret)]).toEqual([secret, false]);
    // The log names tasks, which lead nowhere any more.
    const [files, record] = [(await readdir(join(stage.dir, 'files'))).join(), await inRecord()];
    for (const id of [alone, shared, take].map(idOf)) {
      expect(id).toMatch(/^[0-9a-f]{24}$/);
      expect([files.includes(id), record.includes(id)]).toEqual([false, false]);
    }
    expect(left).not.toMatch(new RegExp(`telegram:${ada.id}(?!\\d)`));
    expect(left).toContain(sha256(`telegram:${ada.id}`));
    expect(left).toContain('his own waves');
  }, 120_000);
});
