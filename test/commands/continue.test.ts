import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { again } from '../../commands/again.ts';
import type { WantedOptions } from '../../commands/record.ts';
import type { Reply } from '../../commands/reply.ts';
import { reword } from '../../commands/reword.ts';
import { en } from '../../src/messages/en/index.ts';
import { clipBlobs, showOf } from '../../src/task/lineage.ts';
import { type Clip, newTaskId, type Task } from '../../src/task/task.ts';
import { readAll } from '../../src/util/read-all.ts';
import { NoRoom } from '../../src/util/semaphore.ts';
import { withChanges } from '../../src/util/with-changes.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { spentSince } from '../contract/store/tools.ts';
import { plainClipEnds } from '../helpers/clip-ends.ts';
import { manualClock } from '../helpers/clock.ts';
import { createRig, GALLERY, type Rig } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => {
  started.length = 0;
  return rig.close();
});

const TOO_LONG = { type: 'refused', text: en.actions.continue.tooLong(60) };
/** Clips as they are said to be: of the second that each is, two make a joined one of ten. */
const checkClip: Parameters<Rig['startWorker']>[0] = {
  checkClip: async (_source, { durationSeconds }) => ({
    outcome: 'playable',
    size: { width: 1280, height: 720 },
    durationMs: durationSeconds * 1_000,
  }),
};

/** The workers of a test that are to be followed by others. */
const started: Worker[] = [];
async function stopped(): Promise<void> {
  const stops = Promise.all(started.splice(0).map((worker) => worker.stop()));
  await rig.clock.advance(60_000);
  await stops;
}
function work(changes: Parameters<Rig['startWorker']>[0] = {}): void {
  started.push(rig.startWorker({ ...checkClip, ...changes }));
}
async function delivered(): Promise<Task> {
  work();
  return rig.until((await rig.ask()).id, 'delivered');
}
let keys = 0;
const go = (task: Task, scene = 'the sun sets', more: Parameters<Rig['press']>[2] & object = {}): Promise<Reply> =>
  rig.press(task, 'continue', { key: `test:continue-${keys++}`, answer: { scene }, ...more });
function taken(reply: Reply): Task {
  if (reply.type !== 'taken') throw new Error(JSON.stringify(reply));
  return reply.task;
}
const continued = async (task: Task, scene?: string): Promise<Task> =>
  rig.until(taken(await go(task, scene)).id, 'delivered');
const clipOf = ({ clip }: Task): Clip => {
  if (!clip) throw new Error('no clip');
  return clip;
};
const contents = async (task: Task): Promise<string> =>
  (await readAll(rig.store.blobs.read(task.id, clipOf(task).blob))).toString();
/** The same task, as if its clip were so long. */
const lasting = (task: Task, seconds: number): Task =>
  withChanges(task, { clip: withChanges(clipOf(task), { durationMs: seconds * 1_000 }) });
const pressed = async (task: Task, seconds: number, answer?: { scene: string; options?: Record<string, unknown> }) => {
  const action = rig.actions.find(({ id }) => id === 'continue');
  const { requester, place } = task;
  const origin = { requestKey: `test:long-${keys++}`, requester, place, locale: 'en' };
  return action?.run({ origin, task: lasting(task, seconds), answer }, rig);
};

describe('Continue', () => {
  test('asks what happens next, with what it costs, and makes one clip of both', async () => {
    const first = await delivered();
    const question = await rig.press(first, 'continue');
    expect(question).toMatchObject({ type: 'question', value: first.scene, action: 'continue' });
    expect(question).toMatchObject({ text: 'What happens next? (5 s: 1 credit)' });
    const second = await continued(first);
    expect(second).toMatchObject({
      scene: 'the sun sets',
      from: first.id,
      story: first.id,
      cost: 1,
      clip: { durationMs: 10_000 },
      goesOn: { sha256: clipOf(first).sha256 },
    });
    expect(second.options).toEqual({ ...first.options, seed: second.options.seed });
    expect(await contents(second)).toBe('a clipa clip');
    expect(rig.chat.shown.at(-1)).toMatchObject({
      kind: 'clip',
      facts: expect.arrayContaining(['5 s', '10 s in all']),
    });
    expect(await spentSince(rig.store, 0)).toEqual({ credits: 2, clips: 2 });
    // The part alone is not kept.
    const names = await rig.store.blobs.names(second.id);
    expect(names.filter((name) => name.startsWith('clip-')).toSorted()).toEqual(
      [clipOf(first).blob, clipOf(second).blob].toSorted(),
    );
  });

  test('goes on from what was joined, and Again makes the last part anew and joins it', async () => {
    const second = await continued(await delivered());
    const third = await continued(second);
    expect(await contents(third)).toBe('a clip'.repeat(3));
    const again = await rig.until(taken(await rig.press(third, 'again')).id, 'delivered');
    expect(again).toMatchObject({ from: third.id, goesOn: { sha256: clipOf(second).sha256 } });
    expect(await contents(again)).toBe('a clip'.repeat(3));
    expect(rig.provider.submits).toHaveLength(4);
  });

  test('comes whole where the first is deleted meanwhile, and where it is shown elsewhere, too', async () => {
    const first = await delivered();
    const asked = taken(await go(first));
    await rig.press(first, 'delete');
    const second = await rig.until(asked.id, 'delivered');
    expect(await contents(second)).toBe('a clipa clip');
    const where = { id: newTaskId(rig.store.now()), requestKey: 'test:show', place: { platform: 'test', chat: 'b' } };
    const show = showOf(second, { ...where, requester: second.requester, locale: 'en' });
    await rig.store.tasks.insert(show, { of: second.id, names: clipBlobs(second) });
    const shown = await rig.until(show.id, 'delivered');
    expect(await contents(shown)).toBe('a clipa clip');
    const again = await rig.until(taken(await rig.press(shown, 'again', { key: 'test:of-show' })).id, 'delivered');
    expect(await contents(again)).toBe('a clipa clip');
  });

  test('told twice makes one, whoever else goes on from the same clip', async () => {
    const first = await delivered();
    const told = await Promise.all([1, 2, 3].map(() => go(first, 'the sun sets', { key: 'test:once' })));
    expect(new Set(told.map((reply) => taken(reply).id)).size).toBe(1);
    expect(taken(await go(first, 'rain', { by: 'test:bo' })).requester.id).toBe('test:bo');
  });

  test('keeps to its rules where other words are said while it waits', async () => {
    const task = taken(await go(await delivered()));
    await stopped();
    const pause = async () => {};
    const say = (goesOn: Clip | undefined, options: WantedOptions) =>
      reword({ task: withChanges(task, { goesOn }), scene: 'rain', options, locale: 'en' }, { ...rig, pause });
    const full = task.goesOn && { ...task.goesOn, durationMs: 55_000 };
    expect(await say(full, { duration: 10 })).toEqual({ outcome: 'refused', text: TOO_LONG.text });
    const frame = { frame: 'last' } as const;
    Object.assign(rig.provider.capabilities, { endFrame: true });
    const reworded = await say(full, frame);
    expect(reworded).toMatchObject({ outcome: 'reworded', task: { scene: 'rain' } });
    expect((await rig.task(task.id)).options.frame).toBeUndefined();
  });

  test('begins with the last frame, whatever the first was made with', async () => {
    const first = await delivered();
    const options = { ...first.options, frame: 'last' as const, focus: { x: 0, y: 1 } };
    const next = await pressed(withChanges(first, { options }), 5, { scene: 'x' });
    expect(next).toMatchObject({ type: 'taken', task: { options: { frame: undefined, focus: undefined } } });
    const forced = await go(first, 'x', { answer: { scene: 'x', options: { frame: 'last' } } });
    expect(taken(forced).options.frame).toBeUndefined();
  });

  test('makes a minute in all at most, and takes a shorter length where the usual one has no room', async () => {
    const first = await delivered();
    const long = withChanges(first, { options: { ...first.options, duration: 10 } });
    expect(await pressed(long, 50)).toMatchObject({ type: 'question', options: { duration: 10 } });
    expect(await pressed(long, 51)).toMatchObject({ type: 'question', options: { duration: 5 } });
    expect(await pressed(long, 51, { scene: 'x', options: { duration: 10 } })).toEqual(TOO_LONG);
    expect(await pressed(long, 55, { scene: 'x' })).toMatchObject({
      type: 'taken',
      task: { options: { duration: 5 } },
    });
    expect(await pressed(long, 56)).toEqual(TOO_LONG);
    const action = rig.actions.find(({ id }) => id === 'continue');
    for (const [seconds, isOffered] of [
      [58, true],
      [58.1, false],
    ] as const)
      expect(action?.isOffered(lasting(first, seconds))).toBe(isOffered);
    // What is kept of the place in the line holds for another take, too.
    const second = withChanges(await continued(first), { goesOn: lasting(first, 55).clip });
    const { requester, place } = second;
    const origin = { requestKey: 'test:longer', requester, place, locale: 'en' };
    expect(await again({ ...origin, source: second, options: { duration: 10 } }, rig)).toEqual(TOO_LONG);
  });

  test('is for nobody in the gallery, and in words where the clip is gone or the scene is none', async () => {
    const first = await delivered();
    const where = { id: newTaskId(rig.store.now()), requestKey: 'gallery:x', place: GALLERY };
    const show = showOf(first, { ...where, requester: first.requester, locale: 'en' });
    await rig.store.tasks.insert(show, { of: first.id, names: clipBlobs(first) });
    const shown = await rig.until(show.id, 'delivered');
    expect(await go(shown, 'x', { by: 'test:bo' })).toEqual({ type: 'refused', text: en.request.notYours });
    expect(await go(first, ' ')).toEqual({ type: 'refused', text: en.request.noScene });
    await rig.store.blobs.remove(first.id, clipOf(first).blob);
    expect(await go(first)).toEqual({ type: 'refused', text: en.request.gone });
  });
});

describe('what goes on', () => {
  test('comes as the new part alone, and says so, where both cannot be joined', async () => {
    rig.startWorker({ ...checkClip, clipEnds: { ...plainClipEnds, join: async () => 'they cannot' } });
    const own = await rig.until((await rig.ask()).id, 'delivered');
    const second = await continued(own);
    expect(await contents(second)).toBe('a clip');
    expect(rig.chat.shown.at(-1)).toMatchObject({ facts: expect.arrayContaining([en.goesOn.isAlone]) });
    expect(rig.errors).toMatchObject([{ reason: 'they cannot' }]);
  });

  test('waits beside all other work while others are joined, and comes whole', async () => {
    let turnedAway = 0;
    const join: typeof plainClipEnds.join = async (...args) => {
      if (++turnedAway <= 4) throw new NoRoom('others are joined');
      return plainClipEnds.join(...args);
    };
    rig.startWorker({ ...checkClip, clipEnds: { ...plainClipEnds, join } });
    const own = await rig.until((await rig.ask()).id, 'delivered');
    const second = await continued(own);
    expect(await contents(second)).toBe('a clipa clip');
    expect(second.throws).toBeUndefined();
    expect(rig.errors).toEqual([]);
  });

  test('is not joined again at each try to show it, where it cannot be and its chat is shut', async () => {
    const join = vi.fn(async () => 'they cannot');
    rig.startWorker({ ...checkClip, clipEnds: { ...plainClipEnds, join } });
    const own = await rig.until((await rig.ask()).id, 'delivered');
    let refusals = 0;
    rig.chat.script.send = async ({ kind }) =>
      kind === 'clip' && ++refusals <= 3 ? { outcome: 'shut', reason: 'no access' } : { outcome: 'shown' };
    const second = await continued(own);
    expect(refusals).toBe(4);
    expect(await contents(second)).toBe('a clip');
    expect(join).toHaveBeenCalledOnce();
  });

  test('is not lost where joining throws again and again', async () => {
    const join = async () => Promise.reject(new Error('no ffmpeg'));
    rig.startWorker({ ...checkClip, clipEnds: { ...plainClipEnds, join } });
    const first = await rig.until((await rig.ask()).id, 'delivered');
    expect(await contents(await continued(first))).toBe('a clip');
  });

  test('ends in words where the clip that it goes on from is gone from the disk, before anything is paid', async () => {
    const own = await delivered();
    await stopped();
    const asked = taken(await go(own));
    await rig.store.blobs.remove(asked.id, clipOf(own).blob);
    rig.startWorker(checkClip);
    expect(await rig.until(asked.id, 'failed')).toMatchObject({ failure: { type: 'picture-gone' } });
    expect(rig.provider.submits).toHaveLength(1);
  });

  test.each(['lastFrame', 'join'] as const)(
    'is made once and joined once where its worker is lost in %s, and another takes over',
    async (what) => {
      const first = await delivered();
      await stopped();
      const stands = new Promise<never>(() => {});
      let isThere = () => {};
      const reached = new Promise<void>((resolve) => {
        isThere = resolve;
      });
      const clipEnds: typeof plainClipEnds = {
        async lastFrame(...args) {
          if (what === 'join') return plainClipEnds.lastFrame(...args);
          isThere();
          return stands;
        },
        async join(...args) {
          // What it kept is on the disk, and the save never comes.
          await plainClipEnds.join(...args);
          isThere();
          return stands;
        },
      };
      const asked = taken(await go(first));
      if (what === 'join') {
        // Up to there another one has brought it.
        work({ clipEnds: { ...plainClipEnds, join: () => Promise.reject(new Error('later')) } });
        await rig.until(asked.id, 'ready');
        await stopped();
      }
      rig.startWorker({ ...checkClip, clipEnds, clock: manualClock(async () => {}) });
      await reached;
      rig.startWorker(checkClip);
      const second = await rig.until(asked.id, 'delivered');
      expect(await contents(second)).toBe('a clipa clip');
      expect(rig.provider.submits).toHaveLength(2);
      expect(rig.chat.shown.filter(({ kind }) => kind === 'clip')).toHaveLength(2);
      const names = await rig.store.blobs.names(asked.id);
      expect(names.filter((name) => name.startsWith('clip-'))).toHaveLength(2);
    },
  );
});

describe('a loop', () => {
  test('says that it has no sound where its clip has', async () => {
    rig.startWorker({
      checkClip: async () => ({
        outcome: 'playable',
        size: { width: 1280, height: 720 },
        durationMs: 5_000,
        hasSound: true,
      }),
    });
    const task = await rig.until((await rig.ask()).id, 'delivered');
    expect(await rig.press(task, 'loop')).toMatchObject({ type: 'taken', note: en.actions.loop.silent });
    expect(await rig.press(task, 'gif')).toMatchObject({ type: 'taken', note: undefined });
  });
});
