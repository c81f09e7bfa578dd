import { describe, expect, it } from 'vitest';
import { BlobsGone } from '../../../src/store/blobs.ts';
import { checkStore } from '../../../src/store/check.ts';
import type { ClipFilter, Edge } from '../../../src/store/tasks.ts';
import { clipBlobs, otherTakes, showOf } from '../../../src/task/lineage.ts';
import { MAX_STARS, type NewTask, newTaskId, type Task } from '../../../src/task/task.ts';
import { type Context, inState } from './context.ts';
import { ids, known, newTask, toldBy, waitingOf, whole } from './tools.ts';

const DAY_MS = 24 * 3_600_000;
const SIZE = { width: 1280, height: 720 };
const ELSEWHERE = { platform: 'test', chat: 'elsewhere' };

/** A delivered task with its picture and its clip. */
export async function delivered(context: Context, told: Partial<NewTask> = {}): Promise<Task> {
  const { store, clock } = context;
  const request = newTask(clock, told);
  const stored = async (name: string, text: string) =>
    store.blobs.write(request.id, name, [Buffer.from(`${text} of ${request.id}`)], { maxBytes: 1_000 });
  const picture = await stored('upload', 'picture');
  const clip = await stored('clip-1', 'clip');
  const { sha256 } = picture;
  const changes: Partial<Task> = {
    fitted: { original: SIZE, fitted: SIZE, notes: [], blob: 'upload', type: 'image/png', sha256 },
    clip: { blob: 'clip-1', size: SIZE, durationMs: 5_000, ...clip },
  };
  return inState(context, 'delivered', { told: request, changes });
}

/** Shows a clip elsewhere, by a request of its own. */
export async function show(
  { store, clock }: Context,
  source: Task,
  told: Partial<Pick<NewTask, 'requestKey' | 'requester' | 'place'>> = {},
): Promise<Task> {
  const request = showOf(source, newTask(clock, { place: ELSEWHERE, ...told }));
  return (await store.tasks.insert(request, { of: source.id, names: clipBlobs(source) })).task;
}

const bytesOf = async ({ store }: Context, { id }: Task, name = 'clip-1'): Promise<string> =>
  (await whole(store.blobs.read(id, name))).toString();

/** Clips in other places, by other people, under one's stars: what owns the bytes together and is found together. */
export function describeClips(context: Context): void {
  /** Takes a task that is due to its end. */
  async function deliver(task: Task): Promise<Task> {
    const claimed = await context.store.tasks.claimDue('one', 1_000);
    for (const each of claimed) if (each.id !== task.id) await context.store.tasks.save(each, { owner: 'one' });
    const held = known(claimed.find(({ id }) => id === task.id));
    return known(await context.store.tasks.save({ ...held, state: 'delivered' }, { owner: 'one' }));
  }

  describe('a clip shown elsewhere', () => {
    it('is a task that begins ready, is due, costs nothing and has all that is delivered', async () => {
      const { store, clock } = context;
      const source = await delivered(context, { cost: 5, requester: { id: 'ada', name: 'Ada' } });
      clock.advance(1_000);
      const shown = await show(context, source, { requester: { id: 'ben', name: 'Ben' } });
      expect(shown).toMatchObject({
        state: 'ready',
        shows: source.id,
        cost: 0,
        scene: source.scene,
        clip: source.clip,
        fitted: source.fitted,
        attempts: [],
        requester: { id: 'ben' },
        place: ELSEWHERE,
        at: { received: clock.now(), ready: clock.now() },
      });
      expect(await store.tasks.get(shown.id)).toEqual(shown);
      expect(await bytesOf(context, shown)).toBe(`clip of ${source.id}`);
      expect(ids(await store.tasks.claimDue('one', 10))).toEqual([shown.id]);
      expect(await waitingOf(store, { provider: 'preview' })).toEqual({ clips: 0, credits: 0 });
    });

    it('shows the original, also where it was found by what shows that', async () => {
      const source = await delivered(context);
      const first = await show(context, source);
      const second = await show(context, first);
      expect(second.shows).toBe(source.id);
      const { tasks } = context.store;
      expect(new Set(ids(await tasks.showsOf(source.id, 10)))).toEqual(new Set([first.id, second.id]));
      expect(await tasks.showsOf(source.id, 1)).toHaveLength(1);
      expect(await tasks.showsOf(first.id, 10)).toEqual([]);
    });

    it('is one task however often it is told', async () => {
      const source = await delivered(context);
      const all = await Promise.all(
        Array.from({ length: 8 }, () => show(context, source, { requestKey: 'gallery:1' })),
      );
      expect(new Set(ids(all)).size).toBe(1);
      expect(await context.store.tasks.showsOf(source.id, 10)).toHaveLength(1);
      // What the others were to share nobody owns.
      expect((await context.store.dump.counts()).blob).toBe(4);
    });

    it('has the clip along, and nothing else has one', async () => {
      const { store, clock } = context;
      const source = await delivered(context);
      const request = showOf(source, newTask(clock));
      const shared = { of: source.id, names: clipBlobs(source) };
      const { insert } = store.tasks;
      await expect(insert(request)).rejects.toThrow(RangeError);
      await expect(insert(request, { of: source.id, names: ['upload'] })).rejects.toThrow(RangeError);
      await expect(insert({ ...request, clip: undefined }, shared)).rejects.toThrow(RangeError);
      await expect(insert({ ...request, shows: undefined }, shared)).rejects.toThrow(RangeError);
      await expect(insert(request, { of: source.id, names: ['upload', '../clip'] })).rejects.toThrow(RangeError);
      expect(await store.tasks.get(request.id)).toBeUndefined();
    });
  });

  describe('a clip that another goes on from', () => {
    it('is on record with it, in what shows it, too, and comes along', async () => {
      const { store, clock } = context;
      const source = await delivered(context);
      const request = { ...newTask(clock, { from: source.id, story: source.id }), goesOn: source.clip };
      await expect(store.tasks.insert(request)).rejects.toThrow(RangeError);
      const { task } = await store.tasks.insert(request, { of: source.id, names: ['clip-1'] });
      await store.tasks.remove(source.id);
      expect((await store.tasks.get(task.id))?.goesOn).toEqual(source.clip);
      expect(await bytesOf(context, task)).toBe(`clip of ${source.id}`);
      const held = known((await store.tasks.claimDue('one', 10)).find(({ id }) => id === task.id));
      await store.tasks.save({ ...held, state: 'delivered', goesOn: undefined }, { owner: 'one' });
      expect((await store.tasks.get(task.id))?.goesOn).toEqual(source.clip);
      const missing = async () => toldBy(checkStore(store));
      expect(await missing()).toEqual([]);
      await store.blobs.remove(task.id, 'clip-1');
      expect(await missing()).toEqual([expect.stringContaining(task.id)]);
    });
  });

  describe('bytes that several tasks own', () => {
    it('are there for each until it goes, whoever goes first', async () => {
      const { store } = context;
      const source = await delivered(context);
      const [first, second] = [await show(context, source), await show(context, source)];
      await store.tasks.remove(source.id);
      expect(await store.blobs.names(source.id)).toEqual([]);
      for (const each of [first, second]) expect(await bytesOf(context, each)).toBe(`clip of ${source.id}`);
      await store.blobs.remove(second.id, 'clip-1');
      await store.tasks.remove(second.id);
      expect(await bytesOf(context, first)).toBe(`clip of ${source.id}`);
      expect(await bytesOf(context, first, 'upload')).toBe(`picture of ${source.id}`);
      await store.tasks.remove(first.id);
      expect((await store.dump.counts()).blob).toBe(0);
    });

    it('are written anew for the one that writes', async () => {
      const { store } = context;
      const source = await delivered(context);
      const shown = await show(context, source);
      await store.blobs.write(source.id, 'clip-1', [Buffer.from('another')], { maxBytes: 100 });
      expect(await bytesOf(context, source)).toBe('another');
      expect(await bytesOf(context, shown)).toBe(`clip of ${source.id}`);
      await store.blobs.write(shown.id, 'clip-1', [Buffer.from('a third')], { maxBytes: 100 });
      expect(await bytesOf(context, source)).toBe('another');
      expect(await bytesOf(context, shown)).toBe('a third');
    });

    it('stay through a sweep for as long as the clip is shown', async () => {
      const { store, clock } = context;
      const source = await delivered(context);
      clock.advance(10 * DAY_MS);
      const shown = await deliver(await show(context, source));
      await store.sweep({ keepMs: 5 * DAY_MS });
      // It stays its author's to take away.
      expect(await store.tasks.get(source.id)).toBeDefined();
      clock.advance(10 * DAY_MS);
      const young = await delivered(context);
      await store.sweep({ keepMs: 5 * DAY_MS });
      await store.sweep({ keepMs: 5 * DAY_MS });
      expect([await store.tasks.get(shown.id), await store.tasks.get(source.id)]).toEqual([undefined, undefined]);
      expect(await store.tasks.get(young.id)).toBeDefined();
    });

    it('cannot be shown any more where it was taken down', async () => {
      const source = await delivered(context);
      const shown = await show(context, source);
      await context.store.tasks.remove(source.id);
      await expect(show(context, shown)).rejects.toThrow(BlobsGone);
      expect(await bytesOf(context, shown)).toBe(`clip of ${source.id}`);
    });

    it('cannot be had where one of them is gone, and then nothing is recorded', async () => {
      const { store, clock } = context;
      const source = await delivered(context);
      const blobs = (await store.dump.counts()).blob;
      const another = newTask(clock);
      await expect(store.tasks.insert(another, { of: source.id, names: ['upload', 'gone'] })).rejects.toThrow(
        BlobsGone,
      );
      await expect(store.tasks.insert(another, { of: newTask(clock).id, names: ['upload'] })).rejects.toThrow(
        BlobsGone,
      );
      expect(await store.tasks.get(another.id)).toBeUndefined();
      expect(await store.blobs.names(another.id)).toEqual([]);
      expect((await store.dump.counts()).blob).toBe(blobs);
      // Told again it is known, whatever became of the picture.
      const first = await store.tasks.insert(another, { of: source.id, names: ['upload'] });
      await store.tasks.remove(source.id);
      expect(await store.tasks.insert(another, { of: source.id, names: ['upload'] })).toEqual(first);
      expect(await bytesOf(context, first.task, 'upload')).toBe(`picture of ${source.id}`);
    });

    it('are never lost to who shares them while their owner goes', async () => {
      const { store } = context;
      for (let n = 0; n < 20; n++) {
        const source = await delivered(context);
        const [shown] = await Promise.all([
          show(context, source).catch((error: unknown) => {
            expect(error).toBeInstanceOf(BlobsGone);
            return undefined;
          }),
          store.tasks.remove(source.id),
        ]);
        if (!shown) continue;
        expect(await bytesOf(context, shown)).toBe(`clip of ${source.id}`);
        await store.tasks.remove(shown.id);
      }
      expect((await store.dump.counts()).blob).toBe(0);
    });
  });

  describe('a gallery', () => {
    const HERE = { platform: 'test', chat: 'harbour' };
    const [ada, ben] = ['ada', 'ben'].map((id) => ({ id, name: id }));

    /** All of it by pages of two. */
    async function paged(filter: ClipFilter): Promise<Task[]> {
      const all: Task[] = [];
      for (let before: Task | undefined; ; before = all.at(-1)) {
        const page = await context.store.tasks.clips(filter, { limit: 2, before });
        all.push(...page);
        if (page.length < 2) return all;
      }
    }

    it('has what was delivered in its place, shown there or made there, newest first, by pages', async () => {
      const { clock, store } = context;
      const here: Task[] = [];
      for (let n = 0; n < 5; n++) {
        clock.advance(n % 2);
        here.push(await delivered(context, { place: HERE, requester: n % 2 ? ada : ben }));
        await inState(context, 'failed', { told: { place: HERE } });
        await delivered(context, { place: ELSEWHERE, requester: ada });
      }
      clock.advance(1);
      const shown = await deliver(await show(context, known((await paged({ in: ELSEWHERE }))[0]), { place: HERE }));
      await show(context, shown, { place: HERE });
      const all = await paged({ in: HERE });
      expect(new Set(ids(all))).toEqual(new Set([...ids(here), shown.id]));
      expect(all[0]?.id).toBe(shown.id);
      const since = all.map(({ at }) => at.received ?? 0);
      expect(since).toEqual(since.toSorted((a, b) => b - a));
      expect(ids(await store.tasks.clips({ in: HERE }, { limit: 100 }))).toEqual(ids(all));
      expect(new Set(ids(await paged({ in: HERE, by: 'ben' })))).toEqual(
        new Set(ids(here.filter(({ requester }) => requester.id === 'ben'))),
      );
      expect(await paged({ in: { platform: 'test', chat: 'attic' } })).toEqual([]);
      expect(await store.tasks.clips({ in: HERE }, { limit: 0 })).toEqual([]);
    });

    it('goes on behind a clip that went meanwhile, missing none and showing none twice, also within one instant', async () => {
      const { clock, store } = context;
      const all: Task[] = [];
      for (let n = 0; n < 9; n++) {
        clock.advance(n % 3 === 0 ? 1 : 0);
        all.push(await delivered(context, { place: HERE, requester: ada }));
      }
      const newest = ids(await store.tasks.clips({ in: HERE }, { limit: 100 }));
      for (const filter of [{ in: HERE }, { in: HERE, by: 'ada' }]) {
        const seen: string[] = [];
        for (let before: Edge | undefined; ; ) {
          const page = await store.tasks.clips(filter, { limit: 2, before });
          seen.push(...ids(page));
          const last = page.at(-1);
          if (!last) break;
          before = { id: last.id, at: { received: last.at.received } };
          if (filter.by) await store.tasks.remove(last.id);
        }
        expect(seen).toEqual(newest);
      }
    });

    it('of a person has their own, wherever they were made, and none that they showed', async () => {
      const own = [
        await delivered(context, { place: HERE, requester: ada }),
        await delivered(context, { place: ELSEWHERE, requester: ada }),
      ];
      const others = await delivered(context, { requester: ben });
      await deliver(await show(context, others, { requester: ada }));
      expect(new Set(ids(await paged({ in: { person: 'ada' } })))).toEqual(new Set(ids(own)));
      expect(await paged({ in: { person: 'nobody' } })).toEqual([]);
    });

    it('is looked through for words, each of them anywhere in the scene and in any case', async () => {
      const scenes = ['A Dog in the Snow', 'snow falls\u0000 quietly', 'the DOGS bark', 'Überall Schnee'];
      const made: Task[] = [];
      for (const scene of scenes) made.push(await delivered(context, { place: HERE, requester: ada, scene }));
      const found = async (words: string[], by?: string) =>
        (await paged({ in: HERE, words, by })).map(({ scene }) => scenes.indexOf(scene)).toSorted();
      expect(await found(['snow'])).toEqual([0, 1]);
      expect(await found(['dog', 'SNOW'])).toEqual([0]);
      expect(await found(['ÜBERALL', ''])).toEqual([3]);
      expect(await found(['cat'])).toEqual([]);
      expect(await found([''])).toEqual([0, 1, 2, 3]);
      expect(await found(['snow'], 'ben')).toEqual([]);
      await context.store.tasks.star(known(made[1]).id, 'ben', true);
      expect(ids(await paged({ in: HERE, words: ['snow'], isStarred: true }))).toEqual([known(made[1]).id]);
      expect(ids(await paged({ in: { person: 'ada' }, words: ['bark'] }))).toEqual([known(made[2]).id]);
    });
  });

  describe('a star', () => {
    it('is a person’s, once, and is taken back', async () => {
      const { tasks } = context.store;
      const task = await delivered(context);
      expect(task.stars).toBeUndefined();
      expect((await tasks.star(task.id, 'test:bo', true))?.stars).toEqual(['test:bo']);
      expect((await tasks.star(task.id, 'test:bo', true))?.stars).toEqual(['test:bo']);
      expect((await tasks.star(task.id, '$odd.name', true))?.stars).toEqual(['test:bo', '$odd.name']);
      expect((await tasks.star(task.id, 'test:bo', false))?.stars).toEqual(['$odd.name']);
      expect((await tasks.star(task.id, 'test:bo', false))?.stars).toEqual(['$odd.name']);
      const bare = known(await tasks.star(task.id, '$odd.name', false));
      expect(bare).toEqual(task);
      expect(await tasks.get(task.id)).toEqual(task);
      expect(await tasks.star(newTask(context.clock).id, 'test:bo', true)).toBeUndefined();
    });

    it('of each of many at the same moment counts', async () => {
      const { tasks } = context.store;
      const task = await delivered(context);
      const people = Array.from({ length: 20 }, (_, n) => `p${n}`);
      await Promise.all(people.map((person) => tasks.star(task.id, person, true)));
      expect(new Set((await tasks.get(task.id))?.stars)).toEqual(new Set(people));
    });

    it('is the clip’s: what is shown and what shows it have the same ones', async () => {
      const { tasks } = context.store;
      const source = await delivered(context);
      await tasks.star(source.id, 'first', true);
      const shown = await show(context, source);
      expect(shown.stars).toEqual(['first']);
      const other = await show(context, source);
      expect((await tasks.star(shown.id, 'second', true))?.stars).toEqual(['first', 'second']);
      const stars = async () => Promise.all([source, shown, other].map(async ({ id }) => (await tasks.get(id))?.stars));
      for (const each of await stars()) expect(new Set(each)).toEqual(new Set(['first', 'second']));
      await tasks.star(source.id, 'first', false);
      expect(await stars()).toEqual([['second'], ['second'], ['second']]);
      await tasks.remove(source.id);
      expect((await tasks.star(other.id, 'third', true))?.stars).toEqual(['second', 'third']);
      expect((await tasks.get(shown.id))?.stars).toEqual(['second', 'third']);
    });

    it('decides nothing and hinders no decision', async () => {
      const { tasks } = context.store;
      const task = await inState(context, 'rendering', { dueAt: context.clock.now() });
      const [held] = await tasks.claimDue('one', 1);
      const starred = known(await tasks.star(task.id, 'bo', true));
      expect(starred).toEqual({ ...held, stars: ['bo'] });
      const saved = await tasks.save({ ...known(held), polls: 7, stars: ['forged'] }, { owner: 'one' });
      expect(saved).toMatchObject({ polls: 7, stars: ['bo'] });
      expect(await tasks.claimDue('one', 1)).toEqual([]);
    });

    it('is not counted past so many', async () => {
      const { tasks, dump } = context.store;
      const task = await delivered(context);
      const stars = Array.from({ length: MAX_STARS }, (_, n) => `p${n}`);
      await dump.put({ type: 'task', task: { ...task, stars }, endedAt: context.clock.now() });
      expect((await tasks.star(task.id, 'one more', true))?.stars).toEqual(stars);
      expect((await tasks.star(task.id, 'p7', false))?.stars).toHaveLength(MAX_STARS - 1);
      expect((await tasks.star(task.id, 'one more', true))?.stars?.at(-1)).toBe('one more');
    });

    it('is found by, in a place and of a person, and keeps its clip past any sweep', async () => {
      const { store, clock } = context;
      const { tasks } = store;
      const [starred, plain] = [await delivered(context), await delivered(context)];
      await tasks.star(starred.id, 'bo', true);
      const where = [{ in: starred.place }, { in: starred.place, by: 'ada' }, { in: { person: 'ada' } }];
      for (const filter of where)
        expect(ids(await tasks.clips({ ...filter, isStarred: true }, { limit: 10 }))).toEqual([starred.id]);
      clock.advance(10 * DAY_MS);
      const young = await delivered(context);
      await store.sweep({ keepMs: 5 * DAY_MS });
      expect(await tasks.get(plain.id)).toBeUndefined();
      expect(await bytesOf(context, starred)).toBe(`clip of ${starred.id}`);
      await tasks.star(starred.id, 'bo', false);
      await store.sweep({ keepMs: 5 * DAY_MS });
      expect(await tasks.get(starred.id)).toBeUndefined();
      expect(await tasks.get(young.id)).toBeDefined();
    });
  });

  describe('a story', () => {
    it('has all takes of a line, oldest first, by pages, without what shows them', async () => {
      const { store, clock } = context;
      const first = await delivered(context);
      expect([first.from, first.story]).toEqual([undefined, undefined]);
      const line = [first];
      for (let n = 0; n < 4; n++) {
        clock.advance((n + 1) % 2);
        const told = newTask(clock, { from: known(line.at(-1)).id, story: first.id });
        line.push((await store.tasks.insert(told, { of: first.id, names: ['upload'] })).task);
      }
      await show(context, first);
      await delivered(context);
      const all = await store.tasks.story(first.id, { limit: 100 });
      expect(new Set(ids(all))).toEqual(new Set(ids(line)));
      expect(all.slice(1).map(({ from }) => from)).not.toContain(undefined);
      const since = all.map(({ at }) => at.received ?? 0);
      expect(since).toEqual(since.toSorted((a, b) => a - b));
      const two = await store.tasks.story(first.id, { limit: 2 });
      const rest = await store.tasks.story(first.id, { limit: 100, after: two.at(-1) });
      expect(ids([...two, ...rest])).toEqual(ids(all));
      await store.tasks.remove(first.id);
      expect(ids(await store.tasks.story(first.id, { limit: 100 }))).toEqual(
        ids(all.filter(({ id }) => id !== first.id)),
      );
    });
  });

  describe('takes that are asked for at once', () => {
    it('are the same whoever records them, and stay what they are', async () => {
      const { store, clock } = context;
      const told = newTask(clock, { take: { number: 1, of: 4 }, cost: 1 });
      const lead = (await store.tasks.insert(told)).task;
      const recorded = await Promise.all(
        Array.from({ length: 3 }, () =>
          Promise.all(otherTakes(lead, () => newTaskId(clock.now())).map((other) => store.tasks.insert(other))),
        ),
      );
      expect(recorded.flat().filter(({ created }) => created)).toHaveLength(3);
      const story = await store.tasks.story(lead.id, { limit: 100 });
      const takes = story.toSorted((a, b) => (a.take?.number ?? 0) - (b.take?.number ?? 0));
      expect(takes.map(({ take, from, options }) => [take?.number, from, options.seed])).toEqual([
        [1, undefined, 42],
        [2, lead.id, 43],
        [3, lead.id, 44],
        [4, lead.id, 45],
      ]);
      const { provider, requester } = lead;
      expect(await waitingOf(store, { provider, person: requester.id })).toEqual({ clips: 4, credits: 4 });
      const [, second] = takes;
      const words = { scene: 'snow falls', options: known(second).options };
      expect((await store.tasks.reword(known(second).id, words, 'received'))?.take).toEqual({ number: 2, of: 4 });
    });

    it('have the lead’s picture together with it, also once it is gone', async () => {
      const { store, clock } = context;
      const lead = await delivered(context, { take: { number: 1, of: 2 } });
      const [told] = otherTakes(lead, () => newTaskId(clock.now()));
      const { task } = await store.tasks.insert(known(told));
      expect(await store.blobs.names(task.id)).toEqual([]);
      await store.blobs.share(task.id, { of: lead.id, names: ['upload'] });
      await store.tasks.remove(lead.id);
      expect(await bytesOf(context, task, 'upload')).toBe(`picture of ${lead.id}`);
      expect(ids(await store.tasks.story(lead.id, { limit: 9 }))).toEqual([task.id]);
    });
  });

  describe('a link', () => {
    it('is one while it is open, cannot be guessed, and leads nowhere once it is revoked', async () => {
      const { links } = context.store;
      const { id } = await delivered(context);
      const tokens = await Promise.all([1, 2, 3].map(() => links.open(id, 'test:ada')));
      expect(new Set(tokens).size).toBe(1);
      const token = known(tokens[0]);
      expect(token).toMatch(/^[\w-]{22,}$/);
      expect(await links.find(token)).toBe(id);
      expect(await links.get(id)).toEqual({ token, by: 'test:ada' });
      const guesses = ['', id, token.slice(1), `${token}x`, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`];
      for (const guess of [...guesses, token.toLowerCase().slice(0, 16) + token.slice(16), '../'.repeat(12)])
        if (guess !== token) expect(await links.find(guess)).toBeUndefined();
      await links.revoke(id);
      expect(await links.find(token)).toBeUndefined();
      expect(await links.get(id)).toBeUndefined();
      const next = await links.open(id, 'test:ada');
      expect(next).not.toBe(token);
      expect([await links.find(token), await links.find(next)]).toEqual([undefined, id]);
    });

    it('is kept as long as its task, and goes with it', async () => {
      const { store, clock } = context;
      const [removed, swept, kept] = [await delivered(context), await delivered(context), await delivered(context)];
      const open = async (task: Task) => store.links.open(task.id, 'test:ada');
      const tokens = [await open(removed), await open(swept), await open(kept)].map(known);
      await store.tasks.star(kept.id, 'bo', true);
      await store.tasks.remove(removed.id);
      clock.advance(100 * DAY_MS);
      await delivered(context);
      await store.sweep({ keepMs: DAY_MS });
      const found = await Promise.all(tokens.map((token) => store.links.find(token)));
      expect(found).toEqual([undefined, undefined, kept.id]);
      expect((await store.dump.counts()).kv).toBe(1);
    });
  });
}
