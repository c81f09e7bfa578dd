import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PICTURE_BYTES } from '../../src/media/pictures/inspect.ts';
import { CLIP_BLOBS, UPLOAD_BLOB } from '../../src/task/blob-names.ts';
import { sha256 } from '../../src/util/hash.ts';
import { readAll } from '../../src/util/read-all.ts';
import { withChanges } from '../../src/util/with-changes.ts';
import { decoder } from '../helpers/decoder.ts';
import { createRig, type Rig } from '../helpers/rig.ts';
import { noisy } from '../media/fixtures.ts';

const REF = 'https://pictures.example/photo.png?signature=abcdef';
const PICTURE = { ref: REF, declared: {} };

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('a picture that stays with the platform', () => {
  test('is fetched by the worker, fitted, and its address is erased', async () => {
    const { id, picture } = await rig.ask('anna', PICTURE);
    expect(picture).toEqual({ type: 'remote', ref: REF });
    rig.startWorker();
    const task = await rig.until(id, 'delivered');
    expect(task.picture).toEqual({ type: 'upload' });
    expect(JSON.stringify(task)).not.toContain('signature');
    expect(rig.chat.opened).toEqual([REF]);
    expect(await rig.store.blobs.stat(id, UPLOAD_BLOB)).toBeDefined();
  });

  test('whose platform or bot is not set up any more holds up its person for no longer than a queue lasts', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker({ messengers: [], limits: { queueMaxMs: 150_000, deadlineMs: 3_600_000 } });
    await rig.clock.advance(10_000);
    expect((await rig.task(id)).state).toBe('received');
    await rig.clock.advance(200_000);
    expect(await rig.task(id)).toMatchObject({ state: 'failed', failure: { type: 'picture-gone' } });
  });

  test('whose bot is set up again hours later is fetched, and was looked at seldom meanwhile', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    const without = rig.startWorker({ messengers: [] });
    await rig.clock.advance(3 * 3_600_000);
    await without.stop();
    expect((await rig.task(id)).version).toBeLessThan(100);
    rig.startWorker();
    await rig.until(id, 'delivered');
  });

  test('that was put off however often comes', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    for (let n = 0; n < 400; n++) {
      const [task] = await rig.store.tasks.claimDue('test', 1);
      if (!task) throw new Error('it is not due');
      await rig.store.tasks.save(withChanges(task, { letGo: task.version + 1 }), { owner: 'test', dueAt: 0 });
    }
    rig.startWorker();
    await rig.until(id, 'delivered');
  });

  test('that ends the process each time is given up', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    for (let n = 0; n < 150; n++) {
      expect(await rig.store.tasks.claimDue(`process-${n}`, 1)).toHaveLength(1);
      await rig.clock.advance(30_001);
    }
    rig.startWorker();
    expect((await rig.until(id, 'failed')).failure).toEqual({ type: 'broken' });
    expect(rig.chat.opened).toEqual([]);
  });

  test('that fits as it came is kept once, and that one is sent', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker();
    const { fitted } = await rig.until(id, 'delivered');
    const names = (await rig.store.blobs.names(id)).filter((name) => !name.startsWith(CLIP_BLOBS));
    expect([fitted?.blob, names]).toEqual([UPLOAD_BLOB, [UPLOAD_BLOB]]);
    const [submit] = rig.provider.submits;
    expect(submit && sha256(submit.picture)).toBe(fitted?.sha256);
  });

  test('that tells where it was taken loses that before anything else has it', async () => {
    const told = await noisy({ width: 1280, height: 720 })
      .withExif({ IFD0: { Make: 'Some Camera' }, IFD3: { GPSLatitude: '51/1 30/1 3230/100' } })
      .jpeg()
      .toBuffer();
    rig.chat.script.open = async () => ({ outcome: 'open', bytes: Readable.from([told]) });
    const fits = await decoder.fit(() => [told], { fit: 'crop', sizes: rig.provider.capabilities.sizes });
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker({ fitPicture: async () => fits });
    const { fitted } = await rig.until(id, 'delivered');
    const [kept, sent] = [await readAll(rig.store.blobs.read(id, UPLOAD_BLOB)), rig.provider.submits[0]?.picture];
    const names = (await rig.store.blobs.names(id)).filter((name) => !name.startsWith(CLIP_BLOBS));
    expect([fitted?.blob, names]).toEqual([UPLOAD_BLOB, [UPLOAD_BLOB]]);
    expect([kept.length < told.length, sha256(kept)]).toEqual([true, fitted?.sha256]);
    const { bytes: thumbnail } = await decoder.convert(() => [kept], {
      maxSide: 320,
      to: { type: 'jpeg', quality: 80 },
    });
    for (const bytes of [kept, sent ?? Buffer.alloc(0), thumbnail])
      expect([bytes.length > 0, Buffer.from(bytes).includes('Some Camera')]).toEqual([true, false]);
  });

  test('that is gone ends the task in words, and costs nothing', async () => {
    rig.chat.script.open = async () => ({ outcome: 'gone', reason: '404' });
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker();
    const task = await rig.until(id, 'failed');
    expect(task.failure).toEqual({ type: 'picture-gone' });
    expect(task.picture).toEqual({ type: 'upload' });
    expect(rig.provider.submits).toEqual([]);
  });

  test('that cannot be had now is asked for again, also where the connection broke half-way', async () => {
    const { open } = rig.chat.script;
    const answers = [
      async () => ({ outcome: 'later', reason: '503', retryAfterMs: 5_000 }) as const,
      async () => ({ outcome: 'open', bytes: brokenHalfWay() }) as const,
      open,
    ];
    rig.chat.script.open = (signal) => (answers.shift() ?? open)(signal);
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker();
    await rig.until(id, 'delivered');
    expect(rig.chat.opened).toHaveLength(3);
  });

  test('that can never be had ends the task after a while', async () => {
    rig.chat.script.open = async () => ({ outcome: 'later', reason: '503' });
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker();
    expect((await rig.until(id, 'failed')).failure).toEqual({ type: 'picture-gone' });
  });

  test('that turns out too large is refused in words', async () => {
    rig.chat.script.open = async () => ({ outcome: 'open', bytes: tooMuch() });
    const { id } = await rig.ask('anna', PICTURE);
    rig.startWorker();
    expect((await rig.until(id, 'failed')).failure).toMatchObject({ picture: { type: 'too-many-bytes' } });
  });

  test('is not fetched for a task that was cancelled before', async () => {
    const { id } = await rig.ask('anna', PICTURE);
    await rig.store.tasks.ask(id, { type: 'cancel' });
    rig.startWorker();
    expect((await rig.until(id, 'cancelled')).picture).toEqual({ type: 'upload' });
    expect(rig.chat.opened).toEqual([]);
  });

  test.each([
    [{ bytes: MAX_PICTURE_BYTES + 1 }, /too large/],
    [{ type: 'video/mp4' }, /video already/],
    [{ type: 'application/pdf' }, /PDF/],
    [{ type: 'audio/ogg' }, /not known/],
    [{ size: { width: 100, height: 100 } }, /too small/],
    [{ size: { width: 20_000, height: 20_000 } }, /megapixels/],
  ])('is refused at once where what the platform tells is enough: %j', async (told, sentence) => {
    const reply = await rig.request('anna', 'test:key', { ref: REF, declared: told });
    expect(reply).toMatchObject({ type: 'refused', text: expect.stringMatching(sentence) });
  });
});

describe('what a file is, its bytes say', () => {
  test.each(['image/heic', 'image/tiff', 'application/octet-stream', 'application/x-anything'])(
    'and not that the platform calls it %s',
    async (type) => {
      const reply = await rig.request('anna', 'test:key', { ref: REF, declared: { type } });
      if (reply.type !== 'taken') throw new Error('it was refused unread');
      rig.startWorker();
      expect((await rig.until(reply.task.id, 'delivered')).fitted).toBeDefined();
    },
  );
});

async function* brokenHalfWay(): AsyncIterable<Uint8Array> {
  yield Buffer.from('half a pict');
  throw new Error('the connection broke');
}

async function* tooMuch(): AsyncIterable<Uint8Array> {
  const megabyte = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent <= MAX_PICTURE_BYTES; sent += megabyte.length) yield megabyte;
}
