import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { animateCommand } from '../../commands/animate.ts';
import { takesOf } from '../../commands/takes.ts';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import { checkStore } from '../../src/store/check.ts';
import { clipBlobs, showOf } from '../../src/task/lineage.ts';
import { newTaskId, type Task } from '../../src/task/task.ts';
import { sha256 } from '../../src/util/hash.ts';
import { readAll } from '../../src/util/read-all.ts';
import { decoder } from '../helpers/decoder.ts';
import { providerWithModels } from '../helpers/models.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
let provider: ReturnType<typeof providerWithModels>;
let keys = 0;
beforeEach(async () => {
  provider = providerWithModels();
  rig = await createRig({ provider });
});
afterEach(() => rig.close());

const MODEL = 'loud-1.5';
const origin = () => ({
  requestKey: `test:${keys++}`,
  requester: { id: 'test:anna', name: 'Anna' },
  place: { platform: 'test', chat: 'room' },
  locale: 'en',
});
const say = async (given: Record<string, unknown>, by = provider) =>
  animateCommand
    .offeredBy(by)
    .execute(origin(), { scene: 'day turns to night', image: await tinyPng(), ...given }, { ...rig, provider: by });
async function taken(given: Record<string, unknown>): Promise<Task> {
  const reply = await say({ model: MODEL, ...given });
  if (reply.type !== 'taken') throw new Error(JSON.stringify(reply));
  return reply.task;
}
/** The blobs of a task and what is wrong with the whole record. */
async function kept({ id }: Pick<Task, 'id'>) {
  const wrong: string[] = [];
  for await (const sentence of checkStore(rig.store)) wrong.push(sentence);
  return { names: (await rig.store.blobs.names(id)).toSorted().filter((name) => !name.startsWith('clip-')), wrong };
}
const remote = (ref: string, declared = {}) => ({ ref, declared });
/** Where the platform keeps the pictures, by their references. */
function keepElsewhere(pictures: Record<string, Uint8Array>): void {
  rig.chat.script.open = async () => {
    const there = pictures[rig.chat.opened.at(-1) ?? ''];
    return there ? { outcome: 'open', bytes: Readable.from([there]) } : { outcome: 'gone', reason: '404' };
  };
}

describe('a clip that ends on a second picture', () => {
  test('is made of both, the second made to fit the size that the first chose, and both are kept once for all takes', async () => {
    rig.startWorker({ fitPicture: decoder.fit });
    const tall = await tinyPng(1080, 1920);
    const wide = await tinyPng(1600, 900);
    const task = await taken({ image: tall, last: wide, takes: 2 });
    const done = await rig.until(task.id, 'delivered');
    const { fitted } = done;
    expect(fitted).toMatchObject({ original: { width: 1080, height: 1920 }, fitted: { width: 720, height: 1280 } });
    expect(fitted?.last).toMatchObject({ original: { width: 1600, height: 900 }, blob: 'last-picture' });
    const takes = await takesOf(done, rig.store);
    await rig.until(takes[1]?.id ?? '', 'delivered');
    expect(provider.submits).toHaveLength(2);
    for (const { picture, lastPicture = Buffer.alloc(0), size } of provider.submits) {
      expect([sha256(picture), sha256(lastPicture)]).toEqual([fitted?.sha256, fitted?.last?.sha256]);
      const { size: found } = await decoder.convert(() => [lastPicture], { to: { type: 'pixels' } });
      expect(found).toEqual(size);
    }
    for (const each of takes)
      expect(await kept(each)).toEqual({
        names: ['last-picture', 'last-upload', 'picture', 'upload'],
        wrong: [],
      });
    const owners: (string | undefined)[] = [];
    for await (const { name, of } of rig.store.dump.blobs()) if (name === 'last-upload') owners.push(of);
    expect(owners.filter((of) => of === undefined)).toHaveLength(1);
  });

  test('says on its card that it does, and what was done to that picture', async () => {
    rig.startWorker({ fitPicture: decoder.fit });
    const { id } = await taken({ last: await tinyPng(1600, 900) });
    await rig.until(id, 'delivered');
    expect(rig.chat.cards.at(-1)?.facts).toContain('ends on a second picture (resized from 1600×900)');
  });

  test('is fetched of both addresses, which are erased then, and by whoever goes on after a stop between the two', async () => {
    keepElsewhere({ one: await tinyPng(), two: await tinyPng(1600, 900) });
    const { id } = await taken({ image: remote('one'), last: remote('two', { spoiler: true }) });
    const { open } = rig.chat.script;
    rig.chat.script.open = async (signal) =>
      rig.chat.opened.at(-1) === 'two' ? { outcome: 'later', reason: '503', retryAfterMs: 5_000 } : open(signal);
    const first = rig.startWorker({ fitPicture: decoder.fit });
    await rig.clock.until(async () => rig.chat.opened.includes('two'));
    const stopped = first.stop();
    await rig.clock.advance(1_000);
    await stopped;
    expect(await rig.task(id)).toMatchObject({ picture: { type: 'upload' }, last: { type: 'remote', ref: 'two' } });
    rig.chat.script.open = open;
    rig.startWorker({ fitPicture: decoder.fit });
    const task = await rig.until(id, 'delivered');
    expect([task.picture, task.last, task.options.spoiler]).toEqual([{ type: 'upload' }, { type: 'upload' }, true]);
    expect(rig.chat.opened.filter((ref) => ref === 'one')).toHaveLength(1);
    expect(provider.submits.map(({ lastPicture }) => lastPicture && sha256(lastPicture))).toEqual([
      task.fitted?.last?.sha256,
    ]);
  });

  test('is made again of both, edited, shown elsewhere and deleted with both', async () => {
    rig.startWorker({ fitPicture: decoder.fit });
    const source = await rig.until((await taken({ last: await tinyPng(1600, 900) })).id, 'delivered');
    const asked = { id: newTaskId(rig.clock.now()), ...origin() };
    const shown = await rig.store.tasks.insert(showOf(source, asked), { of: source.id, names: clipBlobs(source) });
    await rig.press(source, 'delete');
    for (const [action, answer] of [
      ['again', undefined],
      ['edit', { scene: 'rain' }],
    ] as const) {
      const reply = await rig.press(shown.task, action, { key: `test:${keys++}`, answer });
      if (reply.type === 'taken') await rig.until(reply.task.id, 'delivered');
    }
    const again = await rig.press(shown.task, 'again', { key: `test:${keys++}` });
    expect([again.type, (await kept(shown.task)).wrong]).toEqual(['refused', []]);
  });

  test('is made again of both, with another model only where that takes them', async () => {
    rig.startWorker({ fitPicture: decoder.fit });
    const source = await rig.until((await taken({ last: await tinyPng(1600, 900) })).id, 'delivered');
    const again = await rig.press(source, 'again', { key: `test:${keys++}` });
    if (again.type !== 'taken') throw new Error(again.type);
    await rig.until(again.task.id, 'delivered');
    const [first, second] = provider.submits;
    expect(sha256(second?.lastPicture ?? '')).toBe(sha256(first?.lastPicture ?? '-'));
    const answer = { scene: 'rain', options: { model: 'quick' } };
    expect(await rig.press(source, 'edit', { key: `test:${keys++}`, answer })).toEqual({
      type: 'refused',
      text: 'Clips by Quick cannot end on a second picture. Choose Loud 1.5, or leave it out.',
    });
    await rig.press(source, 'delete');
    expect(await kept(again.task)).toMatchObject({ wrong: [] });
    expect(await readAll(rig.store.blobs.read(again.task.id, 'last-upload'))).toHaveLength(
      (await tinyPng(1600, 900)).length,
    );
  });
});

describe('a second picture that cannot be used', () => {
  const refused = (text: string) => ({ type: 'refused', text });
  const CHOOSE = 'Clips by Quick cannot end on a second picture. Choose Loud 1.5, or leave it out.';

  test('is refused before anything is paid where the model takes none, which says whose clips do', async () => {
    const last = await tinyPng();
    expect(await say({ last })).toEqual(refused(CHOOSE));
    expect(await say({ model: 'quick', last })).toEqual(refused(CHOOSE));
    const alone = Object.assign(scriptedProvider(), { models: undefined });
    const offered = animateCommand.offeredBy(alone);
    expect(offered.options.map(({ name }) => name)).not.toContain('last');
    expect(await offered.execute(origin(), { scene: 'x', image: last, last }, { ...rig, provider: alone })).toEqual(
      refused('Clips here cannot end on a second picture. Leave it out.'),
    );
    expect(await rig.store.tasks.counts()).toMatchObject({ received: 0, queued: 0 });
  });

  test('is named as the last one, at once or by the worker', async () => {
    const sentence = 'The last picture is too small (20×20). Send one of at least 320 pixels a side.';
    expect(await say({ model: MODEL, last: remote('x', { size: { width: 20, height: 20 } }) })).toEqual(
      refused(sentence),
    );
    expect(await say({ model: MODEL, last: Buffer.from('%PDF-1.7 and so on, for a while') })).toEqual(
      refused('The last picture: This is a PDF, not a picture. Send a page of it as JPEG or PNG.'),
    );
    rig.startWorker({
      fitPicture: async (read, options) => {
        if (options.sizes.length === 1) throw new BadPicture({ type: 'invisible' });
        return decoder.fit(read, options);
      },
    });
    const { id } = await taken({ last: await tinyPng() });
    const { failure } = await rig.until(id, 'failed');
    expect(failure).toEqual({ type: 'bad-picture', picture: { type: 'invisible' }, which: 'last' });
    expect(provider.submits).toEqual([]);
  });

  test.each(['first', 'last'] as const)('is replaced by another while the other stays: the %s', async (which) => {
    const [square, wide] = [await tinyPng(900, 900), await tinyPng(1600, 900)];
    keepElsewhere(which === 'last' ? { one: square } : { one: Buffer.from('no picture, but words'), two: wide });
    rig.startWorker({ fitPicture: decoder.fit });
    const task = await taken({ image: remote('one'), last: remote('two') });
    const { failure } = await rig.until(task.id, 'failed');
    expect(failure).toMatchObject(which === 'last' ? { type: 'picture-gone', which } : { type: 'bad-picture' });
    const picture = await tinyPng(1000, 800);
    const reply = await rig.press(task, 'picture', { key: `test:${keys++}`, answer: { picture } });
    if (reply.type !== 'taken') throw new Error(JSON.stringify(reply));
    const { fitted } = await rig.until(reply.task.id, 'delivered');
    expect([fitted?.original.width, fitted?.last?.original.width]).toEqual(
      which === 'last' ? [900, 1000] : [1000, 1600],
    );
  });

  test('is replaced with the words of before where the model knows no seed, and one named now is refused', async () => {
    Object.assign(provider.models[1]?.capabilities ?? {}, { ignoresSeed: true });
    keepElsewhere({ two: await tinyPng() });
    rig.startWorker();
    const task = await taken({ image: remote('one') });
    await rig.until(task.id, 'failed');
    const press = async (options?: Record<string, unknown>) =>
      rig.press(task, 'picture', { key: `test:${keys++}`, answer: { picture: await tinyPng(), options } });
    expect(await press()).toMatchObject({ type: 'taken', task: { options: { model: MODEL } } });
    expect(await press({ seed: 7 })).toEqual(refused('Clips by Loud 1.5 know no seed: each is another. Leave it out.'));
  });

  test('is said to be needed with the other, where neither came here', async () => {
    keepElsewhere({ two: await tinyPng() });
    rig.startWorker();
    const task = await taken({ image: remote('one'), last: remote('two') });
    await rig.until(task.id, 'failed');
    const bothGone = refused(
      'The other picture of this request is not here either. Ask for the clip anew, with both pictures.',
    );
    expect(await rig.press(task, 'picture')).toEqual(bothGone);
    const answer = { picture: await tinyPng() };
    expect(await rig.press(task, 'picture', { key: `test:${keys++}`, answer })).toEqual(bothGone);
  });
});
