import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { actions } from '../../../commands/index.ts';
import { createCardView } from '../../../src/chat/kit/card-view.ts';
import { createGallery } from '../../../src/chat/web/gallery.ts';
import { createViewer } from '../../../src/chat/web/viewer.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { newTaskId } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { someTask } from '../../helpers/task.ts';

const pageSchema = z.object({ clips: z.array(z.object({ taskId: z.string() })), next: z.string().optional() });
const place = { platform: 'web', chat: 'main' };
const bytes = Buffer.from('as good as any');
const files = { picture: bytes, clip: bytes, size: { width: 1280, height: 720 } };

test('a story is told by pages, without takes that are no clips', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-gallery-'));
  const store = await openSqliteStore({ dir, clock: systemClock });
  try {
    const first = await putDelivered(store, files, { place });
    const take = { place, story: first.id };
    const clips = [first.id];
    for (let n = 0; n < 30; n++) {
      const { requester, locale, scene, options, provider, cost, picture } = someTask('received');
      const known = { requester, locale, scene, options, provider, cost, picture };
      await store.tasks.insert({ id: newTaskId(store.now()), requestKey: `test:${n}`, ...known, ...take });
      // Held by somebody, so that the next is the one that is delivered.
      await store.tasks.claimDue('other', 1);
      clips.push((await putDelivered(store, files, take)).id);
    }
    const viewer = createViewer({ store, cardView: createCardView({ store, providers: [], actions }), actions });
    const taskOf = async (id: string) => (await store.tasks.get(id)) ?? first;
    const gallery = createGallery({ store, viewer, taskOf });
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const of = new URLSearchParams({ story: first.id, ...(next ? { after: next } : {}) });
      const page = pageSchema.parse(await (await gallery.request(`/api/clips?${of}`)).json());
      seen.push(...page.clips.map(({ taskId }) => taskId));
      next = page.next;
    }
    expect(seen).toEqual(clips);
  } finally {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
});
