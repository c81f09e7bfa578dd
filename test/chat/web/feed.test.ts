import { describe, expect, test } from 'vitest';
import { createFeed } from '../../../src/chat/web/feed.ts';
import type { TaskView } from '../../../src/chat/web/view.ts';

const view = (taskId: string): TaskView => ({
  taskId,
  state: 'queued',
  scene: 'two\n\nlines, id: 3',
  status: 'Queued',
  ...{ menu: [], stars: 0, isStarred: false },
  facts: [],
  buttons: [],
  revision: 1,
  askedAt: 1,
  options: { motion: 5, seed: 1, duration: 5, fit: 'crop' },
  pictureUrl: '/x',
});
const idOf = (frame: string) => /^id: (.*)$/m.exec(frame)?.[1];

describe('the feed', () => {
  test('gives back what came after an id, in order', () => {
    const feed = createFeed({ boot: 'b1' });
    const before = feed.position();
    for (const id of ['a', 'b', 'c']) feed.task(id, () => view(id));
    expect(feed.since(before, 'en')?.map(idOf)).toEqual(['b1-1', 'b1-2', 'b1-3']);
    expect(feed.since('b1-2', 'en')?.map(idOf)).toEqual(['b1-3']);
    expect(feed.since(feed.position(), 'en')).toEqual([]);
  });

  test('knows nothing of another run, of the future, of nonsense and of what it kept no longer', () => {
    const feed = createFeed({ boot: 'b1' });
    for (let i = 0; i < 301; i++) feed.task('a', () => view('a'));
    expect(feed.since('b1-1', 'en')).toHaveLength(300);
    for (const id of ['b1-0', 'b2-301', 'b1-302', 'b1--1', 'b1-', '', 'b1-1e2', 'x'])
      expect(feed.since(id, 'en')).toBeUndefined();
  });

  test('makes each event one frame, whatever stands in it', () => {
    const feed = createFeed({ boot: 'b1' });
    const read: string[] = [];
    const leave = feed.join({ locale: 'en', read: (frame) => void read.push(frame) });
    feed.task('a', () => view('a'));
    leave();
    feed.task('b', () => view('b'));
    expect(read).toHaveLength(1);
    expect(read[0]?.match(/\n\n/g)).toHaveLength(1);
    expect(read[0]).toMatch(/^id: b1-1\nevent: task\ndata: \{.*\}\n\n$/);
  });

  test('shows no ghosts: news of a task that is gone is dropped', () => {
    const feed = createFeed({ boot: 'b1' });
    feed.gone('a');
    feed.task('a', () => view('a'));
    feed.task('b', () => view('b'));
    expect(feed.since('b1-0', 'en')?.map((frame) => /event: (.*)/.exec(frame)?.[1])).toEqual(['gone', 'task']);
  });
});
