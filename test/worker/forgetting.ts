import { afterEach, beforeEach, expect, test } from 'vitest';
import { animate } from '../../commands/animate.ts';
import { confirm } from '../../commands/confirm.ts';
import { forgetCommand } from '../../commands/forget.ts';
import type { Reply } from '../../commands/reply.ts';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import type { Store } from '../../src/store/store.ts';
import { UPLOAD_BLOB } from '../../src/task/blob-names.ts';
import type { Task } from '../../src/task/task.ts';
import type { Clock } from '../../src/util/clock.ts';
import { sha256 } from '../../src/util/hash.ts';
import { readAll } from '../../src/util/read-all.ts';
import { spentSince } from '../contract/store/tools.ts';
import { createRig, type Rig } from '../helpers/rig.ts';
import { noisy } from '../media/fixtures.ts';

const ROOM = { platform: 'test', chat: 'room' };
const ADA = { id: 'test:ada-4711', name: 'Ada Lovelace' };
const BEN = { id: 'test:ben', name: 'Ben' };
/** Their id begins like hers. */
const ALIKE = { id: 'test:ada-4711-2', name: 'Another' };
const SCENE = 'a secret of the analytical engine';
const MINUTE_MS = 60_000;

/** `traces`: all that the record is kept in, as one text; the record stays open. */
export function describeForgetting(how: {
  openStore?: (clock: Clock) => Promise<Store>;
  traces: (rig: Rig) => Promise<string>;
}): void {
  let rig: Rig;
  let takenAway: string[];
  beforeEach(async () => {
    rig = await createRig({ openStore: how.openStore });
    takenAway = [];
    Object.assign(rig.chat, {
      async takeAway(sent: Task['sent']) {
        takenAway.push(...Object.values(sent));
        return { outcome: 'shown' };
      },
    });
  });
  afterEach(() => rig.close());

  const originOf = (requester: Task['requester'], requestKey: string) => ({
    requestKey,
    requester,
    place: ROOM,
    locale: 'en',
  });
  let keys = 0;

  /** Each picture is another. */
  async function ask(requester: Task['requester'], scene: string): Promise<Task> {
    const picture = await noisy({ width: 320 + 2 * ++keys, height: 320 })
      .jpeg()
      .toBuffer();
    const reply = await animate({ ...originOf(requester, `test:${keys}`), scene, options: {}, picture }, rig);
    if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
    return reply.task;
  }
  async function clipOf(requester: Task['requester'], scene: string): Promise<Task> {
    return rig.until((await ask(requester, scene)).id, 'delivered');
  }
  /** A request with two pictures, of which the last could not be used. */
  async function askBoth(requester: Task['requester'], picture: Buffer, last: Buffer): Promise<Task> {
    const worker = rig.startWorker({
      fitPicture: async () => {
        throw new BadPicture({ type: 'invisible' });
      },
    });
    const reply = await animate(
      { ...originOf(requester, `test:${++keys}`), scene: SCENE, options: {}, picture, last },
      rig,
    );
    if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
    const failed = await rig.until(reply.task.id, 'failed');
    await worker.stop();
    return failed;
  }
  async function taken(reply: Promise<Reply>): Promise<Task> {
    const said = await reply;
    if (said.type !== 'taken') throw new Error(`${said.type}, not taken`);
    return rig.until(said.task.id, 'delivered');
  }
  const say = (requester: Task['requester']) =>
    forgetCommand.execute(originOf(requester, `test:say-${++keys}`), {}, rig);
  async function question(requester: Task['requester']): Promise<string> {
    const reply = await say(requester);
    if (reply.type !== 'confirm') throw new Error(`${reply.type}: no question`);
    return reply.question;
  }
  const press = (requester: Task['requester'], asked: string) =>
    confirm({ origin: originOf(requester, `test:press-${++keys}`), question: asked }, rig);
  const isDone = async () => (await rig.store.forgetting.open(1)).length === 0;
  /** `/forget`, and it is meant. */
  async function forget(requester: Task['requester']): Promise<void> {
    expect(await press(requester, await question(requester))).toMatchObject({ type: 'done' });
  }
  const isThere = async ({ id }: Task) => (await rig.store.tasks.get(id)) !== undefined;

  test('leaves nothing of a person in the record, its files and their free pages, but the hashed row of what was spent', async () => {
    const worker = rig.startWorker();
    const [first, second] = [await clipOf(ADA, SCENE), await clipOf(ADA, `${SCENE}, slow zoom`)];
    const other = await clipOf(BEN, 'waves of his own');
    const take = await taken(rig.press(first, 'again', { by: BEN.id, key: 'test:take' }));
    for (const by of [ADA.id, BEN.id]) await rig.press(first, 'star', { by });
    const copy = known((await rig.store.tasks.showsOf(first.id, 10))[0]);
    await rig.until(copy.id, 'delivered');
    for (const by of [ADA.id, ALIKE.id]) await rig.press(other, 'star', { by });
    const token = await rig.store.links.open(second.id, ADA.id);
    await rig.store.drafts.put({ key: 'a form', data: { person: ADA.id, scene: SCENE } });
    const picture = Buffer.from(await readAll(rig.store.blobs.read(first.id, UPLOAD_BLOB)));
    const secrets = [
      ADA.id,
      ADA.name,
      SCENE,
      first.id,
      second.id,
      take.id,
      picture.subarray(-400, -300).toString('latin1'),
    ];
    const before = await how.traces(rig);
    for (const secret of secrets) expect([secret, before.includes(secret)]).toEqual([secret, true]);

    await forget(ADA);
    worker.wake();
    await rig.clock.until(isDone, MINUTE_MS);
    for (const task of [first, second, take, copy]) expect(await isThere(task)).toBe(false);
    const sent = [first, second, take].flatMap((task) => Object.values(task.sent));
    expect(takenAway).toEqual(expect.arrayContaining(sent));
    expect(await rig.store.links.find(token)).toBeUndefined();
    expect((await rig.task(other.id)).stars).toEqual([ALIKE.id]);
    const after = await how.traces(rig);
    // Hers may stand in another's.
    const left = after.split(ALIKE.id).join('');
    for (const secret of secrets) expect([secret, left.includes(secret)]).toEqual([secret, false]);
    expect(after).toContain(sha256(ADA.id));
    expect(await spentSince(rig.store, 0, { person: sha256(ADA.id) })).toEqual({ credits: 2, clips: 2 });
  });

  test('takes what goes on from a clip of theirs in the line of another, and what goes on from that', async () => {
    const worker = rig.startWorker();
    const first = await clipOf(BEN, 'waves');
    const go = (task: Task, action: string, by: string) =>
      taken(rig.press(task, action, { by, key: `test:${++keys}`, answer: { scene: 'rain' } }));
    const hers = await go(first, 'edit', ADA.id);
    const next = await go(hers, 'continue', ALIKE.id);
    const after = [await go(next, 'again', BEN.id), await go(next, 'continue', BEN.id)];
    const others = [first, await go(first, 'continue', BEN.id), await go(hers, 'edit', BEN.id)];
    await forget(ADA);
    worker.wake();
    await rig.clock.until(isDone, MINUTE_MS);
    expect(await Promise.all([hers, next, ...after].map(isThere))).toEqual([false, false, false, false]);
    expect(await Promise.all(others.map(isThere))).toEqual([true, true, true]);
  });

  test('takes their picture of two, which another kept while giving another for the other, and leaves what is not theirs', async () => {
    Object.assign(rig.provider.capabilities, { lastFrame: true });
    const pictures = [320, 330, 340].map((width) => noisy({ width, height: 320 }).jpeg().toBuffer());
    const [picture, last, another] = await Promise.all(pictures);

    const failed = (requester: Task['requester']) => askBoth(requester, known(picture), known(last));
    const inPlace = (task: Task, by: string) =>
      taken(rig.press(task, 'picture', { by, key: `test:${++keys}`, answer: { picture: known(another) } }));
    const [hers, his] = [await failed(ADA), await failed(BEN)];
    const worker = rig.startWorker();
    const kept = await inPlace(hers, BEN.id);
    expect(kept).toMatchObject({ from: hers.id, story: hers.id });
    const brought = await inPlace(his, ADA.id);
    const again = (task: Task) => taken(rig.press(task, 'again', { by: ALIKE.id, key: `test:${++keys}` }));
    const withHers = await again(await again(brought));
    const withHis = await inPlace(his, ALIKE.id);
    await forget(ADA);
    worker.wake();
    await rig.clock.until(isDone, MINUTE_MS);
    expect(await Promise.all([hers, kept, brought, withHers].map(isThere))).toEqual([false, false, false, false]);
    expect(await Promise.all([his, withHis].map(isThere))).toEqual([true, true]);
  });

  test('what is being made is stopped first, and what others have stays', async () => {
    rig.provider.script.poll = async () => ({ outcome: 'rendering', progress: 0.5 });
    const worker = rig.startWorker();
    const [hers, his] = [await ask(ADA, SCENE), await ask(BEN, 'waves')];
    await rig.until(hers.id, 'rendering');
    await rig.until(his.id, 'rendering');
    const waiting = await ask(ADA, SCENE);
    await forget(ADA);
    worker.wake();
    await rig.clock.until(isDone, MINUTE_MS);
    expect(rig.provider.cancels).toHaveLength(1);
    expect([await isThere(hers), await isThere(waiting), (await rig.task(his.id)).state]).toEqual([
      false,
      false,
      'rendering',
    ]);
  });

  test('a service that does not answer is not waited for longer than ten minutes; what it may have cost still counts', async () => {
    const worker = rig.startWorker();
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: '503' });
    const task = await ask(ADA, SCENE);
    await rig.until(task.id, 'rendering');
    await forget(ADA);
    worker.wake();
    await rig.clock.until(isDone, 12 * MINUTE_MS);
    expect(await isThere(task)).toBe(false);
    expect(await spentSince(rig.store, 0, { person: sha256(ADA.id) })).toEqual({ credits: 1, clips: 1 });
  });

  test('goes on after whatever ended the program, and leaves what is asked for since', async () => {
    const first = rig.startWorker();
    const tasks = [await clipOf(ADA, SCENE), await clipOf(ADA, SCENE), await clipOf(ADA, SCENE)];
    await forget(ADA);
    await first.stop();
    // As a kill between two of them leaves it.
    await rig.store.tasks.remove(known(tasks[1]).id);
    await rig.clock.advance(1);
    const later = await ask(ADA, 'what she asked for later');
    rig.startWorker();
    await rig.clock.until(isDone, MINUTE_MS);
    for (const task of tasks) expect(await isThere(task)).toBe(false);
    expect((await rig.until(later.id, 'delivered')).scene).toBe('what she asked for later');
    expect(takenAway).toEqual(expect.arrayContaining(Object.values(known(tasks[0]).sent)));
  });

  test('leaves stars and open questions that came while something was still being stopped, after a restart, too', async () => {
    const first = rig.startWorker();
    const [before, since] = [await clipOf(BEN, 'waves'), await clipOf(BEN, 'snow')];
    rig.provider.script.poll = async () => ({ outcome: 'unreachable', reason: '503' });
    const task = await ask(ADA, SCENE);
    await rig.until(task.id, 'rendering');
    const star = (of: Task) => rig.store.tasks.star(of.id, ADA.id, true);
    await star(before);
    await rig.store.drafts.put({ key: 'before', data: { person: ADA.id } });
    await forget(ADA);
    first.wake();
    await rig.clock.until(async () => (await rig.store.drafts.get('before')) === undefined, MINUTE_MS);
    await rig.clock.advance(5_000);
    await star(since);
    await rig.store.drafts.put({ key: 'since', data: { person: ADA.id } });
    await rig.clock.advance(MINUTE_MS);
    await first.stop();
    rig.startWorker();
    await rig.clock.until(isDone, 12 * MINUTE_MS);
    expect([await isThere(task), (await rig.task(before.id)).stars ?? []]).toEqual([false, []]);
    expect((await rig.task(since.id)).stars).toEqual([ADA.id]);
    expect(await rig.store.drafts.get('since')).toMatchObject({ data: { person: ADA.id } });
  });

  test('messages that cannot be taken away yet are still promised to be', async () => {
    const worker = rig.startWorker();
    await clipOf(ADA, SCENE);
    Object.assign(rig.chat, { takeAway: async () => ({ outcome: 'retry', reason: '503' }) });
    await forget(ADA);
    worker.wake();
    await rig.clock.advance(30 * MINUTE_MS);
    expect(await isDone()).toBe(false);
    Object.assign(rig.chat, { takeAway: async () => ({ outcome: 'shown' }) });
    await rig.clock.until(isDone, 2 * 60 * MINUTE_MS);
    expect(await rig.store.removals.open(10)).toEqual([]);
  });

  test('is for the person alone who was asked, and once', async () => {
    rig.startWorker();
    const [hers, his] = [await clipOf(ADA, SCENE), await clipOf(BEN, 'waves')];
    const asked = await question(ADA);
    expect(await press(BEN, asked)).toEqual({ type: 'refused', text: 'Somebody else was asked this.' });
    for (const forged of ['0'.repeat(12), '', asked.slice(1)])
      expect(await press(ADA, forged)).toMatchObject({ type: 'refused', text: expect.stringContaining('too old') });
    expect(await isDone()).toBe(true);
    expect(await press(ADA, asked)).toMatchObject({ type: 'done' });
    expect(await press(ADA, asked)).toMatchObject({
      type: 'refused',
      text: expect.stringContaining('answered already'),
    });
    await rig.clock.until(isDone, 2 * MINUTE_MS);
    expect([await isThere(hers), await isThere(his)]).toEqual([false, true]);
  });

  test('is for those, too, of whom there is nothing but what they set', async () => {
    rig.startWorker().wake();
    await rig.store.chatSettings.change(ROOM, { name: 'fit', value: 'pad', by: ADA, at: rig.store.now() });
    await forget(ADA);
    await rig.clock.until(isDone, 2 * MINUTE_MS);
    expect(await rig.store.chatSettings.get(ROOM)).toEqual({ values: { fit: 'pad' }, changes: [] });
  });

  test('who writes as a channel, or as the group, is told to write as themselves', async () => {
    rig.startWorker();
    await clipOf(ADA, SCENE);
    const reply = await say({ ...ADA, person: 'test:room' });
    expect(reply).toMatchObject({ type: 'refused', text: expect.stringContaining('as yourself') });
  });
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected something, got undefined');
  return value;
}
