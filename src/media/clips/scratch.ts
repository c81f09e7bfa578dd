import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { removeFolder } from '../../util/remove-folder.ts';

/** A file's bytes, from their beginning each time it is called. */
export type Bytes = () => AsyncIterable<Uint8Array>;

/**
 * Works with clips as files of these names, in a folder that is there for so long: `at` is a path in it. The folder belongs to
 * the caller alone, who does one thing at a time in it.
 */
export async function inScratch<T>(
  dir: string,
  clips: Readonly<Record<string, Bytes>>,
  signal: AbortSignal,
  work: (at: (name: string) => string) => Promise<T>,
): Promise<T> {
  const at = (name: string) => join(dir, name);
  try {
    await removeFolder(dir); // what a process that was killed left there
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of Object.entries(clips)) await pipeline(bytes(), createWriteStream(at(name)), { signal });
    return await work(at);
  } finally {
    await removeFolder(dir);
  }
}

/** Opened only once it is asked for: a store that fails before that leaves nothing open. */
export async function* contentsOf(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path);
}
