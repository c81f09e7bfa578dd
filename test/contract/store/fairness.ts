import { expect, it } from 'vitest';
import { MAX_POSITION } from '../../../src/store/tasks.ts';
import type { NewTask, Task } from '../../../src/task/task.ts';
import { type Context, claim, inState } from './context.ts';
import { known, newTask, waitingOf } from './tools.ts';

export function describeFairness(context: Context): void {
  const queued = (person: string) =>
    inState(context, 'queued', { told: { requester: { id: person, name: person }, provider: 'p' } });

  /** Starts the next and takes it to rendering. */
  async function start(slots: number): Promise<Task | undefined> {
    const { store } = context;
    const next = await store.tasks.claimStart('one', 'p', slots);
    return next && store.tasks.save({ ...next, state: 'rendering' }, { owner: 'one', dueAt: store.now() });
  }

  async function finish(task: Task): Promise<void> {
    const held = await claim(context.store, task.id, 'one');
    await context.store.tasks.save({ ...held, state: 'delivered' }, { owner: 'one' });
  }

  /** Who is started, in order, with so many in flight at once. */
  async function order(slots: number): Promise<string[]> {
    const started: string[] = [];
    const running: Task[] = [];
    for (;;) {
      for (let next = await start(slots); next; next = await start(slots)) {
        started.push(next.requester.id);
        running.push(next);
      }
      const done = running.shift();
      if (!done) return started;
      await finish(done);
    }
  }

  it('who posts a hundred does not delay the next person by more than what is in flight', async () => {
    for (let i = 0; i < 100; i++) await queued('greedy');
    const slots = 3;
    const running = [await start(slots), await start(slots), await start(slots)];
    await queued('next');
    await finish(known(running[0]));
    expect(await start(slots)).toMatchObject({ requester: { id: 'next' } });
  });

  it('who posts many at once, each admitted before any is on record, ranks behind their own, and others do not', async () => {
    const { store, clock } = context;
    const post = async (person: string) => {
      const task = newTask(clock, { requester: { id: person, name: person }, provider: 'p' });
      const { standings } = await store.lookAt({ requestKey: task.requestKey, underWay: [], next: task });
      return (await store.tasks.insert(task, undefined, { standings })).task.rank;
    };
    const several = (person: string) => Promise.all(Array.from({ length: 20 }, () => post(person)));
    const ranks = [await several('greedy'), await several('greedy')].flat();
    expect(ranks.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(await post('next')).toBe(0);
  });

  it('who posts under a hundred names is one person, in turns and in what waits', async () => {
    const { store } = context;
    for (let i = 0; i < 100; i++) {
      const requester = { id: `channel-${i}`, name: 'one of many', person: 'greedy' };
      await inState(context, 'queued', { told: { requester, provider: 'p' } });
    }
    const slots = 3;
    const running = [await start(slots), await start(slots), await start(slots)];
    await queued('next');
    await finish(known(running[0]));
    expect(await start(slots)).toMatchObject({ requester: { id: 'next' } });
    expect((await waitingOf(store, { provider: 'p', person: 'greedy' })).clips).toBe(97);
    expect((await waitingOf(store, { provider: 'p', person: 'channel-99' })).clips).toBe(0);
  });

  it('a newcomer is next also long after the hundred began, and while their cards are looked after', async () => {
    const { store, clock } = context;
    const slots = 2;
    const waiting: Task[] = [];
    for (let i = 0; i < 40; i++) waiting.push(await queued('greedy'));
    for (let i = 0; i < 20; i++) await finish(known(await start(slots)));
    const running = [known(await start(slots)), known(await start(slots))];
    // The very last of them is held for its card when somebody else asks.
    const last = known(waiting.at(-1));
    await store.tasks.ask(last.id, { type: 'wake' });
    const held = await claim(store, last.id, 'cards');
    await queued('next');
    await store.tasks.save(held, { owner: 'cards', dueAt: clock.now() + 5000 });
    for (const task of running) await finish(task);
    const two = [await start(slots), await start(slots)].map((task) => task?.requester.id);
    expect(two).toContain('next');
  });

  it('what waits and is under way is counted by place, too, whoever asked', async () => {
    const { store } = context;
    const [harbour, attic] = [
      { platform: 'test', chat: 'harbour' },
      { platform: 'test', chat: 'attic' },
    ];
    const asked = (person: string, more: Partial<NewTask>) => ({
      told: { requester: { id: person, name: person }, provider: 'p', cost: 2, ...more },
    });
    for (const state of [
      'received',
      'queued',
      'submitting',
      'rendering',
      'unconfirmed',
      'delivered',
      'failed',
    ] as const)
      await inState(context, state, asked(`one in ${state}`, { place: { ...harbour, thread: state } }));
    await inState(context, 'queued', asked('ada', { place: attic }));
    await inState(context, 'queued', asked('ada', { place: { ...harbour, platform: 'other' } }));
    await inState(context, 'queued', asked('ada', { place: harbour, provider: 'q' }));
    expect(await waitingOf(store, { provider: 'p', place: harbour })).toEqual({ clips: 2, credits: 4 });
    expect(await store.tasks.underWay({ provider: 'p', place: harbour })).toBe(4);
    expect(await waitingOf(store, { provider: 'p', place: attic })).toEqual({ clips: 1, credits: 2 });
    expect(await store.tasks.underWay({ provider: 'p', place: attic })).toBe(1);
    expect(await store.tasks.underWay({ provider: 'p', place: harbour, person: 'ada' })).toBe(0);
    expect(await store.tasks.underWay({ provider: 'p', place: attic, person: 'ada' })).toBe(1);
    expect(await store.tasks.underWay({ provider: 'p' })).toBe(6);
  });

  it('people who each post many take turns', async () => {
    for (const person of ['ada', 'ben', 'cyd']) for (let i = 0; i < 8; i++) await queued(person);
    const turns = await order(1);
    expect(turns).toHaveLength(24);
    for (let round = 0; round < 8; round++)
      expect(turns.slice(round * 3, round * 3 + 3).toSorted()).toEqual(['ada', 'ben', 'cyd']);
  });

  it('one person’s tasks start in the order they were asked for', async () => {
    const { store, clock } = context;
    const asked: string[] = [];
    for (let i = 0; i < 10; i++) {
      asked.push((await queued('ada')).id);
      clock.advance(10);
    }
    const started: string[] = [];
    for (let i = 0; i < 10; i++) started.push(known(await store.tasks.claimStart('one', 'p', 100)).id);
    expect(started).toEqual(asked);
  });

  it('a person’s waiting tasks at one provider do not count at another', async () => {
    for (let i = 0; i < 10; i++) await queued('ada');
    const { store, clock } = context;
    const elsewhere = await store.tasks.insert(newTask(clock, { provider: 'q' }));
    const here = await store.tasks.insert(newTask(clock, { provider: 'q', requester: { id: 'ben', name: 'Ben' } }));
    expect(elsewhere.task.rank).toBe(here.task.rank);
  });

  it('the position in the queue is the order of starting, also among equals', async () => {
    const { store } = context;
    const waiting: Task[] = [];
    for (const person of ['ada', 'ben', 'cyd', 'dot']) for (let i = 0; i < 3; i++) waiting.push(await queued(person));
    const positions = new Map<string, number>();
    for (const task of waiting) positions.set(task.id, await store.tasks.ahead(task));
    for (let turn = 0; turn < waiting.length; turn++) {
      const next = known(await store.tasks.claimStart('one', 'p', 100));
      expect(positions.get(next.id)).toBe(turn);
      expect(await store.tasks.ahead(next)).toBe(turn);
    }
  });

  it('only queued tasks of the same provider are ahead', async () => {
    const { store } = context;
    for (const state of ['received', 'submitting', 'rendering', 'delivered', 'cancelled'] as const)
      await inState(context, state, { told: { provider: 'p' } });
    await inState(context, 'queued', { told: { provider: 'q' } });
    const first = await queued('ada');
    const last = await queued('ada');
    expect(await store.tasks.ahead(last)).toBe((await store.tasks.ahead(first)) + 1);
    expect(await store.tasks.ahead(first)).toBe(0);
  });

  it('positions are counted no further than is said', async () => {
    const { store, clock } = context;
    for (let i = 0; i < MAX_POSITION + 5; i++) await store.tasks.insert(newTask(clock, { provider: 'p' }));
    for (const task of await store.tasks.claimDue('one', 1000))
      await store.tasks.save({ ...task, state: 'queued' }, { owner: 'one' });
    const last = await queued('ada');
    expect(await store.tasks.ahead(last)).toBe(MAX_POSITION);
  });
}
