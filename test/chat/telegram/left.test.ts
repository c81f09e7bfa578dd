import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/chat/telegram/api/api.ts';
import { lookAtGroups } from '../../../src/chat/telegram/receive/groups.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { HandClock } from '../../contract/store/tools.ts';
import { startTelegram } from '../../fakes/telegram/telegram.ts';
import { startStage } from '../../helpers/telegram.ts';

const scopeOf = (id: number) => ({ platform: 'telegram', chat: String(id) });

async function withSettings(store: Store, id: number): Promise<void> {
  const by = { id: 'telegram:1', name: 'Ada' };
  await store.chatSettings.change(scopeOf(id), { name: 'isOn', value: false, by, at: 0 });
}
const isSet = async (store: Store, id: number): Promise<boolean> =>
  (await store.chatSettings.get(scopeOf(id))).changes.length > 0;

test('settings of a group that the bot is removed from end, and stay where it is let in again or the group becomes another', async () => {
  const stage = await startStage();
  try {
    const { tg } = stage;
    const ada = tg.people.user({ started: true });
    const [kicked, back] = [tg.people.supergroup({ members: [ada] }), tg.people.supergroup({ members: [ada] })];
    const grown = tg.people.group({ members: [ada] });
    await stage.onRecord(async (store) => {
      for (const { id } of [kicked, back, grown, ada]) await withSettings(store, id);
    });
    tg.people.kickBot(kicked);
    tg.people.kickBot(back);
    tg.people.addBot(back);
    tg.people.blockBot(ada);
    tg.people.unblockBot(ada);
    const next = tg.people.migrate(grown);
    tg.people.sendText({ from: ada, text: '/help' });
    await stage.untilSaid(ada, /\/animate/);
    await stage.onRecord(async (store) => {
      await store.chatSettings.removeLeft(store.now());
      const left = [kicked, back, grown, next, ada].map(({ id }) => isSet(store, id));
      expect(await Promise.all(left)).toEqual([false, true, false, true, true]);
    });
  } finally {
    await stage.close();
  }
});

test('what happened while nothing listened, and is not told any more, is asked at the start', async () => {
  const tg = await startTelegram({ flood: 'off' });
  const dir = await mkdtemp(join(tmpdir(), 'kinora-left-'));
  const clock = new HandClock();
  const store = await openSqliteStore({ dir, clock });
  try {
    const ada = tg.people.user({ started: true });
    const [kicked, stays, back] = [1, 2, 3].map(() => tg.people.supergroup({ members: [ada] }));
    if (!kicked || !stays || !back) throw new Error('three groups');
    const grown = tg.people.group({ members: [ada] });
    for (const { id } of [kicked, stays, back, grown, ada]) await withSettings(store, id);
    await store.chatSettings.leave(scopeOf(back.id), 1);
    tg.people.kickBot(kicked);
    const next = tg.people.migrate(grown);
    const api = createApi({ token: tg.token, apiRoot: tg.url });
    await lookAtGroups(tg.bot.id, {
      platform: 'telegram',
      tg: api,
      store,
      clock,
      ending: new AbortController().signal,
    });
    await store.chatSettings.removeLeft(clock.now());
    const left = [kicked, stays, back, grown, next, ada].map(({ id }) => isSet(store, id));
    expect(await Promise.all(left)).toEqual([false, true, true, false, true, true]);
  } finally {
    await store.close();
    await Promise.all([tg.close(), rm(dir, { recursive: true })]);
  }
});
