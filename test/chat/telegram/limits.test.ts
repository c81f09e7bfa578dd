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
    await tg.until(() => stage.rendered('of Ada').length === 1);
    expect(stage.rendered('of channel')).toHaveLength(3);
    expect(stage.rendered()).toHaveLength(4);
    const tasks = await stage.recorded(chat);
    // Each is still who they are: nobody else may stop or delete what one of them asked for.
    expect(new Set(tasks.map(({ requester }) => requester.id)).size).toBe(4);
  });
});
