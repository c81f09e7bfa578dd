import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Card, Sent } from '../../../src/chat/chat.ts';
import { EDIT_PACE } from '../../../src/chat/telegram/send/messenger.ts';
import type { Task } from '../../../src/task/task.ts';
import { createRig, type Rig, succeeded } from '../../helpers/rig.ts';
import { startStage } from '../../helpers/telegram.ts';

describe('a clip that takes long', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await createRig();
  });
  afterEach(() => rig.close());

  test('costs six sends and edits, although something moves all the time', async () => {
    const { clock, chat, provider } = rig;
    const cards: Card[] = [];
    const messenger = Object.assign(chat, EDIT_PACE, {
      async showCard(_task: Task, card: Card): Promise<Sent> {
        // Later the card says nothing more: it goes away where the clip is.
        if (!['ready', 'delivering', 'delivered'].includes(card.state)) cards.push(card);
        return { outcome: 'shown' };
      },
    });
    rig.startWorker({ messengers: [messenger] });
    const began = clock.now();
    provider.script.poll = async () => {
      const progress = (clock.now() - began) / 600_000;
      return progress < 1 ? { outcome: 'rendering', progress } : succeeded();
    };
    const { id } = await rig.ask();
    await rig.until(id, 'delivered', 30 * 60_000);
    expect(cards.at(-1)?.progress).toBeGreaterThan(0.1);
    // With the line that becomes the clip, and the clip.
    expect(cards.length + 2).toBeLessThanOrEqual(6);
  });
});

test('a clip costs five sends and edits at most in a busy group', async () => {
  const stage = await startStage({ telegram: { flood: {} }, schedule: { ms: 6_000 } });
  try {
    const { tg, photo } = stage;
    const people = Array.from({ length: 8 }, () => tg.people.user());
    const place = tg.people.supergroup({ members: people });
    const sent = await Promise.all(
      people.map((from, n) => tg.people.sendPhoto({ from, chat: place, bytes: photo, caption: `/animate busy ${n}` })),
    );
    // Five are made at once, and a job takes six seconds; the sixteen calls have room in the group's minute.
    await tg.until(() => stage.said(place).filter(({ now }) => now.video)[7], {
      withinMs: 60_000,
      what: 'the last clip',
    });
    const { chats, flood } = tg.report();
    const all = chats.find(({ id }) => id === place.id)?.messages.filter(({ byBot }) => byBot) ?? [];
    for (const { id } of sent) {
      const own = all.filter(({ now }) => now.reply_to_message?.message_id === id);
      const calls = own.reduce((sum, { history }) => sum + 1 + history.length, 0);
      expect(calls).toBeGreaterThan(1);
      expect(calls).toBeLessThanOrEqual(5);
    }
    expect(flood).toEqual([]);
  } finally {
    await stage.close();
  }
});
