import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type KeyValues, valueKey } from '../kv.ts';
import { isObject, OBJECTS_NAME as NAME, OBJECT, type Objects, OBJECTS_OWNER as owner } from '../objects.ts';
import { pages } from '../pages.ts';
import type { Bucket, ObjectType } from './bucket.ts';
import { BucketRefused } from './errors.ts';
import { upload } from './upload.ts';

/** One reader holds so many bytes, and no connection while it does something with them. */
const PIECE_BYTES = 1024 * 1024;
/** Removed at once. */
const REMOVED_AT_ONCE = 8;
/** Names of what was not removed, looked at at once. */
const PAGE = 200;
/** So many calls that fail without a word about rights: the service is away. */
const MAX_FAILED = 10;

/** What could not be removed yet. */
const UNKEPT = 'unkept:';

/** The record's name, when the write began on the record's clock, and what nobody guesses. */
const KEY = /^[0-9a-f]{16}\/(\d{13,})-[0-9a-f]{32}$/;

/** The bytes of one record's blobs in a bucket. */
export function createObjects({
  bucket,
  values,
  now,
}: {
  bucket: Bucket;
  values: KeyValues;
  now: () => number;
}): Objects {
  let name: Promise<string> | undefined;

  /** Two records in one bucket never see each other's objects: neither sweeps what is the other's. */
  function ownName(): Promise<string> {
    name ??= readOwnName().catch((error: unknown) => {
      name = undefined;
      throw error;
    });
    return name;
  }

  async function readOwnName(): Promise<string> {
    const found = await values.get(NAME.key);
    if (found) return z.string().parse(found.value);
    await values.put({ ...NAME, value: randomBytes(8).toString('hex') }, { replaces: 'none' });
    return z.string().parse((await values.get(NAME.key))?.value);
  }

  async function removeOne(file: string): Promise<void> {
    try {
      await bucket.remove(keyOf(file));
    } catch {
      // The record has let go of it: the next sweep removes it, however young it is.
      await values.put({ key: valueKey('unkept', file), value: file, owner }, { replaces: 'any' });
    }
  }

  async function removeUnkept(failures: Failures): Promise<void> {
    for await (const found of pages((last?: { key: string }) => values.list(UNKEPT, PAGE, last?.key)))
      for (const { key, value } of found)
        await failures.past(async () => {
          await bucket.remove(keyOf(z.string().parse(value)));
          await values.remove(key, { owner });
        });
  }

  return {
    async write(name, bytes, maxBytes) {
      const key = `${await ownName()}/${String(now()).padStart(13, '0')}-${randomBytes(16).toString('hex')}`;
      return { ...(await upload(bucket, { key, type: typeOf(name), bytes, maxBytes })), file: OBJECT + key };
    },

    piece: async (file, { start, end }) =>
      (await bucket.get(keyOf(file), { start, end: Math.min(end, start + PIECE_BYTES) }))?.bytes,

    async remove(files) {
      const rest = [...files];
      while (rest.length > 0) await Promise.all(rest.splice(0, REMOVED_AT_ONCE).map(removeOne));
    },

    async *sweepable(before) {
      const own = `${await ownName()}/`;
      const failures = createFailures();
      let next: string | undefined;
      do {
        const page = await failures.past(() => bucket.list(own, { next }));
        next = page?.next;
        yield (page?.found ?? []).filter((key) => isOlder(key, before)).map((key) => OBJECT + key);
      } while (next !== undefined);
      await failures.past(async () => {
        for (const { key, id } of await bucket.unfinished(own))
          if (isOlder(key, before)) await failures.past(() => bucket.abort(key, id));
      });
      await removeUnkept(failures);
      failures.tell();
    },

    address: (file, { type, disposition = 'inline', forSeconds }) =>
      bucket.sign(keyOf(file), { type, disposition }, forSeconds),

    where: bucket.where,

    async look(known) {
      const { found } = await bucket.list(`${await ownName()}/`, { limit: 1 });
      const read = await Promise.all(known.map((file) => bucket.get(keyOf(file), { start: 0, end: 1 })));
      return {
        gone: known.filter((_, n) => !read[n]),
        isEmpty: found.length === 0,
        keepsVersions: read.some((each) => each?.isVersion),
      };
    },

    close: () => bucket.close(),
  };
}

type Failures = ReturnType<typeof createFailures>;

/** What may not be done to one thing keeps nobody from the next. */
function createFailures() {
  const failed: unknown[] = [];
  let unexplained = 0;
  return {
    /** Does it, or keeps why not; throws that where the service seems to be away. */
    async past<T>(work: () => Promise<T>): Promise<T | undefined> {
      try {
        return await work();
      } catch (error) {
        failed.push(error);
        if (!(error instanceof BucketRefused)) unexplained += 1;
        if (unexplained >= MAX_FAILED) throw error;
        return undefined;
      }
    },
    /** Throws the first. */
    tell(): void {
      if (failed.length > 0) throw failed[0];
    },
  };
}

function keyOf(file: string): string {
  const key = file.slice(OBJECT.length);
  if (!isObject(file) || !KEY.test(key)) throw new Error('This is no object of a record.');
  return key;
}

const isOlder = (key: string, before: number): boolean => Number(KEY.exec(key)?.[1] ?? before) < before;

/** Of pictures it is not known here; nothing that a browser would run in any case. */
const typeOf = (name: string): ObjectType => ({
  type: /^(clip|small)-/.test(name) ? 'video/mp4' : 'application/octet-stream',
  disposition: 'attachment',
});
