import type { OpenedPicture } from '../chat/chat.ts';
import { MAX_PICTURE_BYTES } from '../media/pictures/inspect.ts';
import { BlobTooLarge } from '../store/blobs.ts';
import { StoreUnavailable } from '../store/store.ts';
import { LAST_UPLOAD_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import type { Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { withDeadline } from '../util/with-deadline.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

const FETCH_TIMEOUT_MS = 60_000;
/** With the back-off below, about three minutes of trying. */
const MAX_FETCH_TRIES = 8;
const FETCH_BACKOFF = { baseMs: 1_000, maxMs: 60_000 };
/** A platform that says 429 is asked as long as a request may wait at all, and the less often the longer it takes. */
const FLOOD = { shareOfWait: 1 / 4, mostMs: 300_000 };

/** Which of a task's pictures is with the platform still; undefined: all are here. */
export function pictureToFetch({ picture, last }: Task): Wanted | undefined {
  if (picture.type === 'remote') return { ref: picture.ref };
  return last?.type === 'remote' ? { ref: last.ref, which: 'last' } : undefined;
}

/** A picture that is with the platform. */
interface Wanted {
  ref: string;
  which?: 'last';
}

/** `received`, and a picture is with the platform: brings it here, after which its address is not needed any more. */
export async function fetchPicture(task: Task, { ref, which }: Wanted, context: StepContext): Promise<Outcome> {
  const { messenger, store, limits, log } = context;
  const here = { type: 'upload' } as const;
  const fetched = await withDeadline(FETCH_TIMEOUT_MS, context.signal, async (signal) => {
    if (!messenger.openPicture) throw new Error(`the chat ${messenger.platform} keeps no pictures`);
    const opened = await messenger.openPicture(ref, signal);
    if (opened.outcome !== 'open') return opened;
    return copy(task, { name: which ? LAST_UPLOAD_BLOB : UPLOAD_BLOB, bytes: opened.bytes }, context);
  });
  switch (fetched.outcome) {
    case 'here':
      return { type: 'wait', wait: 0, hold: true, changes: { [which ?? 'picture']: here, tries: 0 } };
    case 'too-large':
      return fail({ type: 'bad-picture', which, picture: { type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES } });
    case 'gone':
      log.info({ reason: fetched.reason }, 'the picture is gone');
      return fail({ type: 'picture-gone', which });
    case 'later': {
      log.warn({ reason: fetched.reason }, 'the picture could not be fetched');
      const { retryAfterMs = 0, limited } = fetched;
      const waitedMs = store.now() - (task.at.received ?? 0);
      if (limited && waitedMs < limits.queueMaxMs)
        return { type: 'wait', wait: Math.max(retryAfterMs, Math.min(FLOOD.mostMs, waitedMs * FLOOD.shareOfWait)) };
      if (task.tries >= MAX_FETCH_TRIES) return fail({ type: 'picture-gone', which });
      const wait = backoffMs(task.tries, FETCH_BACKOFF, context.random);
      return { type: 'wait', wait: Math.max(wait, retryAfterMs), changes: { tries: task.tries + 1 } };
    }
  }
}

async function copy(
  task: Task,
  { name, bytes }: { name: string; bytes: AsyncIterable<Uint8Array> },
  { store, kept }: StepContext,
): Promise<{ outcome: 'here' } | { outcome: 'too-large' } | Extract<OpenedPicture, { outcome: 'later' }>> {
  try {
    await store.blobs.write(task.id, name, kept.passing(name, bytes), { maxBytes: MAX_PICTURE_BYTES });
    return { outcome: 'here' };
  } catch (error) {
    if (error instanceof BlobTooLarge) return { outcome: 'too-large' };
    if (error instanceof StoreUnavailable) throw error;
    return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) };
  }
}
