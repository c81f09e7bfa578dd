import { createWriteStream } from 'node:fs';
import { constants, copyFile, link, readFile, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Task } from '../../task/task.ts';
import type { Messenger, OutgoingClip, Sent } from '../chat.ts';
import { fileOf } from './out-file.ts';
import type { Progress } from './progress.ts';
import { exists, reason } from './request.ts';

export const PLATFORM = 'terminal';

/** The terminal as a chat: its card is the progress bar, its place (`Place.chat`) the file the clip goes to. */
export function createTerminalMessenger(options: {
  progress: Progress;
  /** Whether the person waits for this task. */
  watches(task: Task): boolean;
  /** Whether they let its clip replace a file. */
  replaces(task: Task): boolean;
}): Messenger {
  const { progress, watches, replaces } = options;
  return {
    platform: PLATFORM,
    editMs: 0,
    async showCard(task, card) {
      // Others are what an earlier run left unfinished: they are finished too, quietly.
      if (watches(task)) progress.show(card);
      return { outcome: 'shown' };
    },
    async send(task, message, ledger): Promise<Sent> {
      // A failure is told by the command's own last sentence.
      if (message.kind !== 'clip') return { outcome: 'shown' };
      const file = fileOf(task, task.place.chat);
      try {
        await writeClip(file, message.clip, { taskId: task.id, replaces: replaces(task) });
      } catch (error) {
        return { outcome: 'impossible', reason: reason(error) };
      }
      await ledger.record('clip', file);
      return { outcome: 'shown' };
    },
  };
}

/**
 * Writes the clip so that the file is there whole or not at all; doing it again changes nothing. Throws (`EEXIST`) where
 * another file is there, unless the clip `replaces` it.
 */
export async function writeClip(
  path: string,
  clip: Pick<OutgoingClip, 'read'>,
  { taskId, replaces }: { taskId: string; replaces: boolean },
): Promise<void> {
  const partial = `${path}.${taskId}.part`;
  try {
    await pipeline(clip.read(), createWriteStream(partial, { flush: true }));
    if (replaces) await rename(partial, path);
    else await name(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Gives a finished file its name, where no other has it. */
async function name(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch {
    // Disks without links (exFAT) have no other way to give a name without taking it from another file.
    if (!(await exists(path))) return copyFile(partial, path, constants.COPYFILE_EXCL);
    if (!(await isSame(partial, path))) throw Object.assign(new Error('another file is there'), { code: 'EEXIST' });
  }
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readFile(a), readFile(b)]);
  return one.equals(other);
}
