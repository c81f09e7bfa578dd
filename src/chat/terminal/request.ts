import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { type Messages, messagesFor } from '../../messages/messages.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Store } from '../../store/store.ts';
import { TAKES } from '../../task/options.ts';
import { isOver, type Task } from '../../task/task.ts';
import { sha256 } from '../../util/hash.ts';
import { type TerminalArguments, UsageError } from './arguments.ts';
import { fileOfTake } from './out-file.ts';

/** Reads at most one byte more than a picture may have. Throws `UsageError` where the file cannot be read. */
export async function readPicture(path: string, words: Messages): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > MAX_PICTURE_BYTES) {
        const problem = { type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES } as const;
        throw new UsageError(words.picture(problem));
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
    throw new UsageError(words.terminal.unreadable(path, reason(error, words.terminal)));
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
  pictures: readonly Uint8Array[],
  { store, provider }: { store: { tasks: Pick<Store['tasks'], 'byRequestKey'> }; provider: Pick<Provider, 'name'> },
): Promise<TerminalRequest> {
  const [picture = new Uint8Array(), ...others] = pictures;
  const asked = [provider.name, scene.trim(), options, ...others.map(sha256)];
  const hash = createHash('sha256').update(JSON.stringify(asked)).update(picture).digest('hex');
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
  {
    picture,
    last,
    out,
    force,
    options,
  }: Pick<TerminalArguments, 'picture' | 'out' | 'force' | 'options'> & Partial<Pick<TerminalArguments, 'last'>>,
  folder: string,
  { known, store, words }: { known?: Task; store: Store; words: TerminalWords },
): Promise<string> {
  if (out !== undefined) {
    const path = resolve(folder, out);
    await checkFolder(dirname(path), words);
    for (const [n, file] of filesAt(path, options.takes).entries()) {
      const named = filesAt(out, options.takes)[n] ?? out;
      const there = await stat(file).catch(() => undefined);
      if (there?.isDirectory()) throw new UsageError(words.outIsFolder(named));
      for (const taken of last === undefined ? [picture] : [picture, last])
        if (there && (await isSameFile(file, resolve(folder, taken)))) throw new UsageError(words.outIsPicture(named));
      // Its own clip, made before, may stand there.
      if (there && !force && known?.place.chat !== path) throw new UsageError(words.outIsThere(named));
    }
    return path;
  }
  await checkFolder(folder, words);
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
async function checkFolder(folder: string, words: TerminalWords): Promise<void> {
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw new UsageError(words.unwritable(folder, reason(error, words)));
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

type TerminalWords = Messages['terminal'];

/** Why the file system said no, in words; in English for the log. */
export function reason(error: unknown, { reasons }: TerminalWords = messagesFor('en').terminal): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = reasons;
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
