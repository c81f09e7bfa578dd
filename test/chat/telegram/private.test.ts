import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(() => stage.close());

describe('in a private chat', () => {
  test('a photo with a caption becomes a clip that answers it, and the card goes away', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({
      from: ada,
      bytes: photo,
      caption: 'waves roll in, slow zoom motion=7 10s',
    });
    const card = await stage.untilSaid(ada, /waves roll in/);
    expect(card.now.reply_to_message?.message_id).toBe(sent.id);

    const clip = await stage.untilClip(ada);
    expect(clip.now).toMatchObject({
      reply_to_message: { message_id: sent.id },
      caption: 'waves roll in, slow zoom',
      video: { width: 1280, height: 720, duration: 10 },
    });
    expect(clip.now.reply_markup?.inline_keyboard[0]?.map(({ text }) => text)).toEqual([
      'Again',
      'Edit scene',
      'Delete',
    ]);
    await tg.until(() => card.deletedAt !== undefined);
    const [video] = tg.report().videos;
    expect(tg.report().videos).toHaveLength(1);
    expect(video).toMatchObject({ how: 'edited in', as: 'video', squareTile: false, thumbnail: true });
    expect(clip.history[0]?.text).toBe('Your clip is ready.');
    expect(tg.report().counts.sendChatAction).toBeGreaterThan(0);
    expect(tg.report().refused).toEqual([]);
    const [task] = await stage.recorded();
    expect(task?.options).toMatchObject({ motion: 7, duration: 10 });
  });
});
