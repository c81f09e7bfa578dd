import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../../../src/chat/telegram/api/api.ts';
import { delist } from '../../../src/chat/telegram/receive/delist.ts';
import { createPoster } from '../../../src/chat/telegram/send/post.ts';
import { createSendThrottle } from '../../../src/chat/telegram/send/send-throttle.ts';
import type { Removal } from '../../../src/store/values.ts';
import { systemClock as clock } from '../../../src/util/clock.ts';
import { asking } from '../../fakes/telegram/asking.ts';
import { type FakeTelegram, startTelegram } from '../../fakes/telegram/telegram.ts';
import { someTask } from '../../helpers/task.ts';

let tg: FakeTelegram;
beforeAll(async () => {
  tg = await startTelegram();
});
afterAll(() => tg.close());

test('what is deleted is put on record by the action; only a stray that was pressed is put there once more', async () => {
  const ada = tg.people.user({ started: true });
  const chat = String(ada.id);
  const api = createApi({ token: tg.token, apiRoot: tg.url });
  const poster = createPoster({ tg: api, throttle: createSendThrottle({ clock, perSecond: 30 }), clock });
  const ask = asking(tg);
  const posted = async (text: string) => (await ask('sendMessage', { chat_id: ada.id, text })).result.message_id;

  /** Deletes a task that shows a clip, by a press under this message; the removals that were put on record meanwhile. */
  async function removalsFor(pressed: 'clip' | 'stray'): Promise<Removal[]> {
    const shown = { clip: await posted('a clip'), stray: await posted('a stray') };
    const put: Removal[] = [];
    const removals = { put: async (each: Removal) => void put.push(each), open: async () => [], done: async () => {} };
    const task = someTask('delivered', {
      place: { platform: 'telegram', chat },
      sent: { clip: `${chat}:${shown.clip}` },
    });
    const said: string[] = [];
    await delist(
      { type: 'deleted', text: 'Deleted.', task },
      {
        origin: task,
        under: { chat, message: shown[pressed] },
        say: async (text) => void said.push(text),
      },
      { platform: 'telegram', poster, wake() {}, store: { now: () => 1, removals } },
    );
    expect(said).toEqual(['Deleted.']);
    const standing = tg.messages(ada).map(({ id }) => id);
    expect(standing).not.toContain(shown.clip);
    expect(standing).not.toContain(shown[pressed]);
    return put;
  }
  expect(await removalsFor('clip')).toEqual([]);
  expect(await removalsFor('stray')).toMatchObject([
    { sent: { clip: expect.any(String), pressed: expect.any(String) } },
  ]);
});
