import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Task } from '../../task/task.ts';
import type { Messenger, OutgoingClip, Sent } from '../chat.ts';
import { fileOf } from './out-file.ts';
import type { Progress } from './progress.ts';
import { reason } from './request.ts';

export const PLATFORM = 'terminal';

/** The terminal as a chat: its card is the progress bar, its place (`Place.chat`) the file the clip goes to. */
export function createTerminalMessenger(progress: Progress, watches: (task: Task) => boolean): Messenger {
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
        await writeClip(file, message.clip);
      } catch (error) {
        return { outcome: 'impossible', reason: reason(error) };
      }
      await ledger.record('clip', file);
      return { outcome: 'shown' };
    },
  };
}

/** Writes the clip so that the file is there whole or not at all; doing it again changes nothing. */
export async function writeClip(path: string, clip: Pick<OutgoingClip, 'read'>): Promise<void> {
  const partial = `${path}.part`;
  try {
    await pipeline(clip.read(), createWriteStream(partial, { flush: true }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
