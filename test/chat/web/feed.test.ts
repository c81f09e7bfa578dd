import { describe, expect, test } from 'vitest';
import { createFeed } from '../../../src/chat/web/feed.ts';
import { type Reader, toldAll } from '../../../src/chat/web/reader.ts';
import type { TaskView } from '../../../src/chat/web/view.ts';

const view = (taskId: string): TaskView => ({
  taskId,
  state: 'queued',
  scene: 'two\n\nlines, id: 3',
  status: 'Queued',
  ...{ menu: [], stars: 0, isStarred: false, isMine: true },
  facts: [],
  buttons: [],
  revision: 1,
  askedAt: 1,
  options: { motion: 5, seed: 1, duration: 5, fit: 'crop' },
  pictureUrl: '/x',
});
const someone = (id: string, locale: string): Reader => ({
  locale,
  person: { requester: { id, name: '' }, isOperator: false, isAlone: false, from: '' },
});
const READER = someone('web:a', 'en');
const idOf = (frame: string) => /^id: (.*)$/m.exec(frame)?.[1];

describe('the feed', () => {
  test('gives back what came after an id, in order', () => {
    const feed = createFeed({ boot: 'b1' });
    const before = feed.position();
    for (const id of ['a', 'b', 'c']) feed.task(id, toldAll(view(id)));
    expect(feed.since(before, READER)?.map(idOf)).toEqual(['b1-1', 'b1-2', 'b1-3']);
    expect(feed.since('b1-2', READER)?.map(idOf)).toEqual(['b1-3']);
    expect(feed.since(feed.position(), READER)).toEqual([]);
  });

  test('knows nothing of another run, of the future, of nonsense and of what it kept no longer', () => {
    const feed = createFeed({ boot: 'b1' });
    for (let i = 0; i < 301; i++) feed.task('a', toldAll(view('a')));
    expect(feed.since('b1-1', READER)).toHaveLength(300);
    for (const id of ['b1-0', 'b2-301', 'b1-302', 'b1--1', 'b1-', '', 'b1-1e2', 'x'])
      expect(feed.since(id, READER)).toBeUndefined();
  });

  test('makes one frame for all who are told the same, and another for whom another is told', () => {
    const feed = createFeed({ boot: 'b1' });
    let made = 0;
    const read: string[] = [];
    for (const id of ['web:a', 'web:b', 'web:c'])
      feed.join({ as: someone(id, 'en'), read: (frame) => void read.push(frame) });
    feed.task('a', {
      kind: ({ person }) => String(person.requester.id === 'web:a'),
      to({ person }) {
        made++;
        return { ...view('a'), isMine: person.requester.id === 'web:a' };
      },
    });
    expect(read.map((frame) => frame.includes('"isMine":true'))).toEqual([true, false, false]);
    expect(made).toBe(2);
  });

  test('makes each event one frame, whatever stands in it', () => {
    const feed = createFeed({ boot: 'b1' });
    const read: string[] = [];
    const leave = feed.join({ as: READER, read: (frame) => void read.push(frame) });
    feed.task('a', toldAll(view('a')));
    leave();
    feed.task('b', toldAll(view('b')));
    expect(read).toHaveLength(1);
    expect(read[0]?.match(/\n\n/g)).toHaveLength(1);
    expect(read[0]).toMatch(/^id: b1-1\nevent: task\ndata: \{.*\}\n\n$/);
  });

  test('shows no ghosts: news of a task that is gone is dropped', () => {
    const feed = createFeed({ boot: 'b1' });
    feed.gone('a');
    feed.task('a', toldAll(view('a')));
    feed.task('b', toldAll(view('b')));
    expect(feed.since('b1-0', READER)?.map((frame) => /event: (.*)/.exec(frame)?.[1])).toEqual(['gone', 'task']);
  });
});
