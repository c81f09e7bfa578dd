import { expect, it } from 'vitest';
import { LONGEST_KEPT_MS } from '../../../src/store/kv.ts';
import type { Task } from '../../../src/task/task.ts';
import { delivered, show } from './clips.ts';
import { type Context, inState } from './context.ts';
import { ids, known, newTask } from './tools.ts';

const ADA = { id: 'test:ada', name: 'Ada' };
const BEN = { id: 'test:ben', name: 'Ben' };

/** What there is of a person, to be told or forgotten. */
export function describeForgetting(context: Context): void {
  const forgettingOf = (id: string, askedAt = context.store.now()) => ({ person: id, askedAt });

  it('a person’s tasks are found in any state, what shows a clip too, newest first, by pages', async () => {
    const { store, clock } = context;
    const source = await delivered(context, { requester: BEN });
    const own: Task[] = [];
    for (const state of ['delivered', 'failed', 'queued', 'rendering'] as const) {
      clock.advance(own.length % 2);
      own.push(await inState(context, state, { told: { requester: ADA } }));
      await inState(context, state, { told: { requester: BEN } });
    }
    own.push(await show(context, source, { requester: ADA }));
    const all = await store.tasks.ofPerson(ADA.id, { limit: 100 });
    expect(new Set(ids(all))).toEqual(new Set(ids(own)));
    const since = all.map(({ at }) => at.received ?? 0);
    expect(since).toEqual(since.toSorted((a, b) => b - a));
    const two = await store.tasks.ofPerson(ADA.id, { limit: 2 });
    await store.tasks.remove(known(two[1]).id);
    const rest = await store.tasks.ofPerson(ADA.id, { limit: 100, before: two[1] });
    expect(ids([...two, ...rest])).toEqual(ids(all));
    expect(await store.tasks.ofPerson('test:ad', { limit: 100 })).toEqual([]);
    expect(await store.tasks.ofPerson(ADA.id, { limit: 0 })).toEqual([]);
  });

  it('what a person starred is found, by pages, and not what others did', async () => {
    const { store } = context;
    const tasks = [await delivered(context), await delivered(context), await delivered(context)];
    for (const { id } of tasks) await store.tasks.star(id, ADA.id, true);
    const [first] = tasks;
    await store.tasks.star(known(first).id, BEN.id, true);
    await store.tasks.star((await delivered(context)).id, BEN.id, true);
    const [one, ...more] = await store.tasks.starredBy(ADA.id, { limit: 1 });
    expect(more).toEqual([]);
    const rest = await store.tasks.starredBy(ADA.id, { limit: 100, after: known(one).id });
    expect(ids([known(one), ...rest])).toEqual(ids(tasks).toSorted());
    await store.tasks.star(known(first).id, ADA.id, false);
    expect(await store.tasks.starredBy(ADA.id, { limit: 100 })).toHaveLength(2);
    expect(ids(await store.tasks.starredBy(BEN.id, { limit: 100 }))).toContain(known(first).id);
    expect(await store.tasks.starredBy('test:ad', { limit: 100 })).toEqual([]);
  });

  it('who is to be forgotten is on record until it is done, each word for itself', async () => {
    const { clock, store } = context;
    const { forgetting } = store;
    const [first, other] = [forgettingOf(ADA.id), forgettingOf(BEN.id)];
    for (const each of [first, first, other]) await forgetting.ask(each);
    clock.advance(100 * LONGEST_KEPT_MS);
    await store.sweep({ keepMs: 0 });
    const again = forgettingOf(ADA.id);
    await forgetting.ask(again);
    await forgetting.done(first);
    const open = await forgetting.open(10);
    expect(open).toHaveLength(2);
    expect(open).toEqual(expect.arrayContaining([again, other]));
    expect(await forgetting.open(1)).toHaveLength(1);
    await forgetting.valuesGone(again);
    const marked = await forgetting.open(10);
    expect(marked).toHaveLength(2);
    expect(marked).toEqual(expect.arrayContaining([{ ...again, hasNoValues: true }, other]));
    await forgetting.done({ ...again, hasNoValues: true });
    expect(await forgetting.open(10)).toEqual([other]);
  });

  it('what they set for a chat stays, without their name', async () => {
    const { chatSettings, forgetting } = context.store;
    const scope = { platform: 'test', chat: 'harbour', community: 'town' };
    await chatSettings.change(scope, { name: 'shape', value: 'pad', by: ADA, at: 1 });
    await chatSettings.change(scope, { name: 'length', value: 10, by: BEN, at: 2 });
    // Nobody gets out of what is held against them by being forgotten.
    await chatSettings.change(scope, { name: `blocked ${ADA.id}`, value: true, by: BEN, at: 2 });
    const untouched = { platform: 'test', chat: 'garden' };
    await chatSettings.change(untouched, { name: 'shape', value: 'crop', by: BEN, at: 3 });
    const before = await chatSettings.get(untouched);
    await forgetting.removeValues(ADA.id);
    await chatSettings.forgetPerson(ADA.id);
    const after = await chatSettings.get(scope);
    expect(after.values).toEqual({ shape: 'pad', length: 10, [`blocked ${ADA.id}`]: true });
    expect(after.changes.map(({ by }) => by)).toEqual([BEN, BEN]);
    expect(await chatSettings.get(untouched)).toEqual(before);
  });

  it('what they set for themselves alone goes', async () => {
    const { chatSettings } = context.store;
    const [own, bens] = [
      { platform: 'test', chat: 'ada-alone' },
      { platform: 'test', chat: 'ben-alone' },
    ];
    await chatSettings.change(own, { name: 'language', value: 'ru', by: ADA, at: 1 }, { isAlone: true });
    await chatSettings.change(bens, { name: 'language', value: 'ja', by: BEN, at: 1 }, { isAlone: true });
    await chatSettings.forgetPerson(ADA.id);
    expect((await chatSettings.get(own)).values).toEqual({});
    expect((await chatSettings.get(bens)).values).toEqual({ language: 'ja' });
  });

  it('small values that name a person go, whatever they are, and nothing that names another', async () => {
    const { store } = context;
    const { drafts, removals, shutOut, forgetting, links, locks } = store;
    const mine = ['by data', 'deep in it', `of:${ADA.id}`, 'test-55:ada:said:something'];
    await drafts.put({ key: 'by data', data: { person: ADA.id } });
    await drafts.put({ key: 'deep in it', data: [{ view: { of: { in: { person: ADA.id } } } }] });
    await drafts.put({ key: `of:${ADA.id}`, data: 7 });
    await drafts.put({ key: 'test-55:ada:said:something', data: 7 });
    const others = ['ben', 'alike', 'longer', 'nobody'];
    await drafts.put({ key: 'ben', data: { person: BEN.id } });
    await drafts.put({ key: 'alike', data: { person: `${ADA.id}2` } });
    await drafts.put({ key: 'longer', data: { person: `my-${ADA.id}`, other: `${ADA.id}-bot` } });
    await drafts.put({ key: 'nobody', data: 'waves' });
    // More than are looked at at once.
    for (let n = 0; n < 210; n++) await drafts.put({ key: `n${n}`, data: n === 209 ? ADA.id : n });
    const task = newTask(context.clock, { requester: ADA });
    await shutOut.put(task);
    await links.open(task.id, ADA.id);
    await locks.hold('press', ADA.id, 10_000);
    const removal = { id: 'r', platform: 'test', person: ADA.id, sent: { clip: '1' }, dueAt: 0, tries: 0 };
    await removals.put(removal);
    await forgetting.ask(forgettingOf(ADA.id));

    await forgetting.removeValues(ADA.id);
    for (const key of [...mine, 'n209']) expect([key, await drafts.get(key)]).toEqual([key, undefined]);
    for (const key of [...others, 'n0', 'n208']) expect([key, await drafts.get(key)]).not.toEqual([key, undefined]);
    expect(await shutOut.list(10)).toEqual([]);
    expect(await links.get(task.id)).toBeUndefined();
    // What is still to be done stays, and what a process holds.
    expect(await removals.open(10)).toEqual([removal]);
    expect(await forgetting.open(10)).toHaveLength(1);
    expect(await locks.hold('press', 'another', 10_000)).toBe(false);
  });
}
