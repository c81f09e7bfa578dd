import { expect, test } from 'vitest';
import { startStage } from '../../helpers/telegram.ts';

// They wait, so they do at the same time.
test.concurrent.each(['refused', 'unknown'] as const)(
  'goes after a minute where whispers are %s, also after a restart',
  async (ephemeral) => {
    const own = await startStage({ telegram: { ephemeral } });
    try {
      const ada = own.tg.people.user();
      const place = own.tg.people.supergroup({ members: [ada] });
      own.tg.people.sendText({ from: ada, chat: place, text: '/cancel' });
      const line = await own.untilSaid(place, /None of your clips is being made here/);
      // Killed in the moment between the line and its word on record it would stay: another is answered first.
      own.tg.people.sendText({ from: ada, chat: place, text: '/cancel' });
      await own.tg.until(() => own.said(place).length === 2);
      await own.restart();
      expect(line.deletedAt).toBeUndefined();
      await own.tg.until(() => line.deletedAt !== undefined, { withinMs: 90_000 });
    } finally {
      await own.close();
    }
  },
  120_000,
);
