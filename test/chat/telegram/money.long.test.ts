import { afterEach, describe, expect, test } from 'vitest';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
afterEach(() => stage.close());

describe('a person who writes as channels', () => {
  test('is held to the limit by the chat that they write in, and told the way out', async () => {
    stage = await startStage({ settings: { DAILY_PER_PERSON: '3' } });
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const chat = tg.people.supergroup({ members: [ada] });
    const channels = Array.from({ length: 8 }, (_, n) => tg.people.channel({ title: `Ada ${n}`, members: [ada] }));
    const ask = (as: typeof chat | undefined, scene: string) =>
      tg.people.sendPhoto({ from: ada, chat, as, bytes: photo, caption: `/animate ${scene}` });
    for (let n = 0; n < 3; n++) for (const channel of channels) await ask(channel, `of channel ${channel.id}`);
    await ask(chat, 'of the group');
    await stage.untilSaid(chat, /together.*Write as yourself/);
    // Heard after all of those.
    await ask(undefined, 'of Ada herself');
    await tg.until(() => stage.rendered().length >= 4 && stage.rendered('of Ada').length === 1);
    expect(stage.rendered('of channel')).toHaveLength(3);
    expect(stage.rendered()).toHaveLength(4);
    const tasks = await stage.recorded(chat);
    // Each is still who they are: nobody else may stop or delete what one of them asked for.
    expect(new Set(tasks.map(({ requester }) => requester.id)).size).toBe(4);
  });
});

test('who has few clips left for today is told where their press is answered', async () => {
  stage = await startStage({ settings: { DAILY_PER_PERSON: '2' } });
  const { tg, photo } = stage;
  const ada = tg.people.user();
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
  const answer = await tg.people.press(await stage.untilClip(ada), 'Again');
  expect(answer).toMatchObject({ text: 'Your clip is on its way. That was your last clip for today.' });
});

describe('a request whose clip was deleted', () => {
  test('is not made anew by an edit that Telegram tells of by itself, nor by being told twice', async () => {
    stage = await startStage();
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const asked = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
    const first = tg.updates().at(-1);
    const clip = await stage.untilDone(ada);
    await tg.people.press(clip, 'Delete');
    await tg.until(() => stage.said(ada).length === 0);
    tg.people.edit(asked, 'waves');
    await stage.untilSaid(ada, /was deleted.*anew/);
    if (first) tg.people.redeliver(first);
    const other = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'another' });
    await stage.untilClip(ada);
    expect(other.id).toBeGreaterThan(asked.id);
    expect(stage.rendered()).toEqual(['waves', 'another']);
  });
});

describe('a job that the service tells of after its task has ended', () => {
  test('is looked at, and its clip is shown', async () => {
    stage = await startStage({ schedule: 'manual' });
    const { tg, photo, provider } = stage;
    const refusal = { how: 'status', status: 422, body: { detail: [] } } as const;
    provider.misbehave('submit', { how: 'hangup', worked: true }, refusal);
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
    await tg.people.press(await stage.untilSaid(ada, /did not answer/), 'Try again');
    await stage.untilSaid(ada, /did not accept this request/);
    // The first had been taken after all, and its end is called back.
    provider.tell({ do: 'finish' });
    await stage.untilClip(ada);
    expect(stage.rendered()).toEqual(['waves']);
  });
});

describe('on a public bot', () => {
  const CARD = /Looking at|Queued|Rendering|Waiting for the renderer|Handing it/;
  const keyless = { API_KEYS: '', ALLOW: '' };

  test('one person has five clips waiting or being made at most, and others have theirs', async () => {
    stage = await startStage({ schedule: 'manual' });
    const { tg, photo, provider } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
    for (let n = 0; n < 40; n++) await tg.people.sendDocument({ from: ada, bytes: photo, caption: `ada ${n}` });
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'bob' });
    await stage.untilSaid(ada, /^You have 5 clips waiting or being made already/);
    // Heard after all of those.
    await stage.untilSaid(bob, CARD);
    const tasks = await stage.recorded();
    expect(tasks.filter(({ scene }) => scene.startsWith('ada'))).toHaveLength(5);
    expect(tasks.filter(({ scene }) => scene === 'bob')).toHaveLength(1);
    await tg.until(() => provider.report().accepted.length > 0);
    provider.tell({ do: 'finish' });
    await tg.until(() => stage.said(ada).some(({ now }) => now.video));
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'one more' });
    // Nothing may change in the chat between what is finished and what is begun.
    await expect
      .poll(
        () => {
          provider.tell({ do: 'finish' });
          return stage.rendered('one more');
        },
        { timeout: 30_000 },
      )
      .toHaveLength(1);
  });

  test('so it is with previews, and MAX_WAITING_PER_PERSON says how many', async () => {
    stage = await startStage({ settings: { ...keyless, MAX_WAITING_PER_PERSON: '1' } });
    const { tg, photo } = stage;
    const ada = tg.people.user();
    for (let n = 0; n < 3; n++) await tg.people.sendPhoto({ from: ada, bytes: photo, caption: `ada ${n}` });
    await stage.untilSaid(ada, /^You have 1 clip waiting or being made already/);
    expect(await stage.recorded(ada)).toHaveLength(1);
  });

  test('ALLOW says also who may have previews, where it is set', async () => {
    stage = await startStage({ settings: keyless });
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'while anybody may' });
    await stage.untilSaid(bob, CARD);
    await stage.restart('SIGTERM', { ALLOW: `telegram:${ada.id}` });
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'not any more' });
    const refused = /only for the places and people its operator has named/;
    await stage.untilSaid(bob, refused);
    // Nobody is asked for a scene in vain.
    await tg.people.sendPhoto({ from: bob, bytes: photo });
    await tg.until(() => stage.said(bob).filter(({ now }) => refused.test(now.text ?? '')).length === 2);
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'of Ada' });
    await stage.untilSaid(ada, CARD);
  });
});
