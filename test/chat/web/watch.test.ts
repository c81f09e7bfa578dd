import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCardView } from '../../../src/chat/kit/card-view.ts';
import { NOBODY_ELSE, WEB_PLACE } from '../../../src/chat/web/env.ts';
import { createFeed, type Feed } from '../../../src/chat/web/feed.ts';
import { createViewer } from '../../../src/chat/web/viewer.ts';
import { watchOthers } from '../../../src/chat/web/watch.ts';
import { newTask } from '../../contract/store/tools.ts';
import { createRig, type Rig } from '../../helpers/rig.ts';

let rig: Rig;
let feed: Feed;
let read: string[];
let stop: () => void;
beforeEach(async () => {
  rig = await createRig();
  feed = createFeed({ boot: 'b' });
  read = [];
  const { store, provider, clock } = rig;
  const viewer = createViewer({
    store,
    cardView: createCardView({ store, providers: [provider], actions: [] }),
    actions: [],
  });
  stop = watchOthers({ store, feed, viewer, clock, log: { warn: () => {} } });
});
afterEach(async () => {
  stop();
  await rig.close();
});

const tell = async () => {
  const { store, clock } = rig;
  return (await store.tasks.insert(newTask(clock, { place: WEB_PLACE, scene: 'made elsewhere' }))).task;
};

describe('what another process does to the conversation', () => {
  test('comes to those who read, once for each change', async () => {
    feed.join({ as: { locale: 'en', person: NOBODY_ELSE }, read: (frame) => void read.push(frame) });
    const task = await tell();
    await rig.clock.advance(1_000);
    expect(read).toHaveLength(1);
    expect(read[0]).toContain('made elsewhere');
    await rig.clock.advance(5_000);
    expect(read).toHaveLength(1);
    await rig.store.tasks.ask(task.id, { type: 'cancel' });
    await rig.clock.advance(1_000);
    expect(read).toHaveLength(2);
    await rig.store.tasks.remove(task.id);
    await rig.clock.advance(1_000);
    expect(read[2]).toContain('event: gone');
  });

  test('is not looked for while nobody reads', async () => {
    await tell();
    await rig.clock.advance(5_000);
    expect(feed.position()).toBe('b-0');
    feed.join({ as: { locale: 'en', person: NOBODY_ELSE }, read: (frame) => void read.push(frame) });
    await rig.clock.advance(1_000);
    expect(read).toHaveLength(1);
  });
});
