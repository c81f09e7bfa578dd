import { afterEach, describe, expect, test } from 'vitest';
import { captioned, startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
afterEach(() => stage.close());

const OFFER = /Your caption changed after the clip was begun/;

describe('a caption that is edited within the first minutes', () => {
  test('is taken where the task still waits: no clip of the old words is made', async () => {
    stage = await startStage({ schedule: 'manual', settings: { GEN4_CONCURRENCY: '1' } });
    const { tg, photo } = stage;
    const [bob, ada] = [tg.people.user(), tg.people.user()];
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'keeps it busy' });
    await tg.until(() => stage.rendered('keeps').length === 1);
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a red kite motion=2' });
    const card = await stage.untilSaid(ada, /a red kite/);
    await stage.untilSaid(ada, /Queued/);
    const edited = tg.people.edit(sent, 'a blue kite motion=8');
    await tg.until(() => card.now.text?.includes('a blue kite'));
    tg.people.edit(sent, 'a blue kite motion=99');
    await stage.untilSaid(ada, /Motion goes from 1/);
    // Told again, and by an edit that nobody made, it changes nothing.
    if (edited) tg.people.redeliver(edited);
    stage.provider.tell({ do: 'finish' });
    await stage.untilClip(bob);
    while (stage.rendered('a ').length === 0) await tg.news.after(tg.news.version(), 100);
    stage.provider.tell({ do: 'finish' });
    expect((await stage.untilClip(ada)).now.caption).toEqual(captioned('a blue kite'));
    expect(stage.rendered('a ')).toEqual(['a blue kite']);
    const [task, ...others] = await stage.recorded(ada);
    expect(task?.options.motion).toBe(8);
    expect(others).toEqual([]);
  });

  test('is offered as another take where the clip was begun, once, and only for some minutes', async () => {
    stage = await startStage();
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    const sent = await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate ice melts' });
    await stage.untilDone(place);
    tg.people.edit(sent, '/animate ice melts takes=3');
    await stage.untilSaid(place, /This makes one clip/);
    const edited = tg.people.edit(sent, '/animate ice freezes');
    const offer = await stage.untilSaid(place, OFFER);
    if (edited) tg.people.redeliver(edited);
    tg.people.edit(sent, '/animate ice cracks');
    const second = await stage.untilSaid(place, /ice cracks/);
    await tg.until(() => offer.deletedAt !== undefined);
    await tg.people.press(second, 'Go (1 credit)');
    expect((await stage.untilClip(place, 2)).now).toMatchObject({
      caption: captioned('ice cracks'),
      reply_to_message: { message_id: sent.id },
    });
    tg.advance(11 * 60_000);
    tg.people.edit(sent, '/animate ice is gone');
    tg.people.sendText({ from: ada, chat: place, text: '/dance@kinora_bot' });
    await stage.untilSaid(place, /I do not know/);
    expect(stage.said(place).filter(({ now }) => OFFER.test(now.text ?? ''))).toEqual([]);
    expect(stage.rendered('ice')).toEqual(['ice melts', 'ice cracks']);
  });
});
