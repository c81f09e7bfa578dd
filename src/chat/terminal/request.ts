import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Store } from '../../store/store.ts';
import { TAKES } from '../../task/options.ts';
import { isOver, type Task } from '../../task/task.ts';
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

/** A request of the command line: its key and, where it was made before and can be taken up, its task. */
export interface TerminalRequest {
  key: string;
  known?: Task;
}

/**
 * The same picture, words, options and provider make another take, but for what was interrupted: that is taken up, and so is
 * a take whose seed was named, as it would be the same.
 */
export async function findRequest(
  { scene, options }: Pick<TerminalArguments, 'scene' | 'options'>,
  picture: Uint8Array,
  { store, provider }: { store: { tasks: Pick<Store['tasks'], 'byRequestKey'> }; provider: Pick<Provider, 'name'> },
): Promise<TerminalRequest> {
  const hash = createHash('sha256')
    .update(JSON.stringify([provider.name, scene.trim(), options]))
    .update(picture)
    .digest('hex');
  for (let n = 1; ; n++) {
    const key = `terminal:${hash}:${n}`;
    const known = await store.tasks.byRequestKey(key);
    if (!known) return { key };
    const isMade = known.clip !== undefined && (options.seed !== undefined || known.state !== 'delivered');
    if (isMade || !isOver(known)) return { key, known };
  }
}

/** Where the clip goes. Nothing that is there is replaced unless that was asked for, and the picture never. */
export async function chooseOut(
  { picture, out, force, options }: Pick<TerminalArguments, 'picture' | 'out' | 'force' | 'options'>,
  folder: string,
  { known, store }: { known?: Task; store: Store },
): Promise<string> {
  if (out !== undefined) {
    const path = resolve(folder, out);
    await checkFolder(dirname(path));
    for (const [n, file] of filesAt(path, options.takes).entries()) {
      const named = filesAt(out, options.takes)[n] ?? out;
      const there = await stat(file).catch(() => undefined);
      if (there?.isDirectory()) throw new UsageError(`--out ${named} is a folder: name a file in it.`);
      if (there && (await isSameFile(file, resolve(folder, picture))))
        throw new UsageError(`--out ${named} is the picture itself: name another file.`);
      // Its own clip, made before, may stand there.
      if (there && !force && known?.place.chat !== path)
        throw new UsageError(`--out ${named} is there already. Name another file, or add --force to replace it.`);
    }
    return path;
  }
  await checkFolder(folder);
  const name = basename(picture, extname(picture));
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${name}.mp4` : `${name}-${n}.mp4`);
    const files = filesAt(path, options.takes);
    const claims = [path, ...files].map((chat) =>
      store.tasks.conversation({ platform: 'terminal', chat }, { limit: 1 }),
    );
    const taken = [(await Promise.all(claims)).flat().length > 0, ...(await Promise.all(files.map(exists)))];
    if (!taken.includes(true)) return path;
  }
}

/** Files of a request whose clips go to a path: of several takes one each. */
const filesAt = (path: string, takes = 1): string[] =>
  takes > 1 ? TAKES.filter((number) => number <= takes).map((number) => fileOfTake(path, number)) : [path];

/** Before anything is paid. Throws `UsageError`. */
async function checkFolder(folder: string): Promise<void> {
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw new UsageError(`Nothing can be written to ${folder}: ${reason(error)}.`);
  });
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(a), stat(b)]);
  return one.ino === other.ino && one.dev === other.dev;
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
  if (code === 'EEXIST') return 'another file has that name by now';
  return error instanceof Error ? error.message : String(error);
}
