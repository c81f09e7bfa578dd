import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Store } from '../../store/store.ts';
import { TAKES } from '../../task/options.ts';
import { isOver } from '../../task/task.ts';
import { type TerminalArguments, UsageError } from './arguments.ts';
import { fileOfTake } from './out-file.ts';

/** Reads at most one byte more than a picture may have. Throws `UsageError` where the file cannot be read. */
export async function readPicture(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_PICTURE_BYTES) {
        const problem = { type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES } as const;
        throw new UsageError(messagesFor('en').picture(problem));
      }
      // Not `readFile`: a pipe or a device tells no size.
      const chunks: Buffer[] = [];
      for await (const chunk of file.createReadStream({ end: MAX_PICTURE_BYTES, autoClose: false })) chunks.push(chunk);
      return Buffer.concat(chunks);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The picture ${path} cannot be read: ${reason(error)}.`);
  }
}

/** Where the clip goes. A file that was named is replaced; a name of our choosing never replaces one. */
export async function chooseOut(
  { picture, out, options }: TerminalArguments,
  folder: string,
  { tasks }: Store,
): Promise<string> {
  if (out !== undefined) {
    const path = resolve(folder, out);
    if (
      await stat(path).then(
        (s) => s.isDirectory(),
        () => false,
      )
    )
      throw new UsageError(`--out ${out} is a folder: name a file in it.`);
    await access(dirname(path), constants.W_OK).catch((error: unknown) => {
      throw new UsageError(`Nothing can be written to ${dirname(path)}: ${reason(error)}.`);
    });
    return path;
  }
  const name = basename(picture, extname(picture));
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${name}.mp4` : `${name}-${n}.mp4`);
    const files = filesAt(path, options.takes);
    const claims = [path, ...files].map((file) =>
      tasks.conversation({ platform: 'terminal', chat: file }, { limit: 1 }),
    );
    const taken = [(await Promise.all(claims)).flat().length > 0, ...(await Promise.all(files.map(exists)))];
    if (!taken.includes(true)) return path;
  }
}

/** Files of a request whose clips go to a path: of several takes one each. */
const filesAt = (path: string, takes = 1): string[] =>
  takes > 1 ? TAKES.filter((number) => number <= takes).map((number) => fileOfTake(path, number)) : [path];

/** The same picture, words and options are the same request, unless that ended without a clip: then it is a new one. */
export async function requestKey(args: TerminalArguments, picture: Uint8Array, store: Store): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify([args.scene.trim(), args.options]))
    .update(picture)
    .digest('hex');
  for (let n = 1; ; n++) {
    const key = `terminal:${hash}:${n}`;
    const known = await store.tasks.byRequestKey(key);
    if (!known || known.clip || !isOver(known)) return key;
  }
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Why the file system said no, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}
