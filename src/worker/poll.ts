import type { Verdict } from '../gen4/provider.ts';
import { BlobTooLarge, StoreUnavailable } from '../store/store.ts';
import type { Failure } from '../task/failure.ts';
import { type Attempt, type Clip, openJobs, type Task } from '../task/task.ts';
import { backoffMs } from './backoff.ts';
import type { Changes, Outcome, StepContext } from './outcome.ts';
import { readAll } from './read-all.ts';

export const MAX_CLIP_BYTES = 200 * 1024 * 1024;
/** A clip that cannot be copied or played is asked for anew so many times. */
const MAX_COPIES = 5;
/** A job that cannot be looked at is cancelled unseen after so many tries. */
const MAX_LOOKS_BEFORE_CANCEL = 3;
/** A free job that is lost again and again (a render that kills its process) is given up after so many attempts. */
const MAX_FREE_ATTEMPTS = 100;
const UNREACHABLE_BACKOFF = { baseMs: 1_000, maxMs: 60_000 };

/** `rendering`: looks at the jobs; a finished clip is copied into the store in the same step. */
export async function poll(task: Task, context: StepContext): Promise<Outcome> {
  const { gen4, signal } = context;
  let attempts = task.attempts;
  let progress = task.progress;
  let failure: Failure | undefined;
  let unseen: { retryAfterMs?: number } | undefined;

  for (const { attempt, jobId } of openJobs(task)) {
    const verdict = await gen4.poll(jobId, signal);
    switch (verdict.state) {
      case 'succeeded': {
        const copied = await copyClip(task, attempt, verdict.open, context);
        if ('clip' in copied) return { advance: { type: 'clipStored', clip: copied.clip } };
        if (copied.unplayable && task.tries + 1 >= MAX_COPIES) {
          failure = { class: 'try-another' };
          attempts = over(attempts, attempt, 'failed');
        } else unseen = {};
        break;
      }
      case 'failed':
        failure = verdict.failure;
        attempts = over(attempts, attempt, 'failed');
        break;
      case 'lost':
        if (gen4.capabilities.paid) unseen = {};
        else attempts = over(attempts, attempt, 'lost');
        break;
      case 'unreachable':
        unseen = verdict.retryAfterMs === undefined ? {} : { retryAfterMs: verdict.retryAfterMs };
        break;
      case 'rendering':
        // A bar that runs backwards says nothing to anybody.
        progress = Math.max(progress ?? 0, verdict.progress ?? 0) || undefined;
        break;
    }
  }

  const open = openJobs({ ...task, attempts });
  if (task.requests.cancel && (!unseen || task.tries >= MAX_LOOKS_BEFORE_CANCEL)) {
    for (const { jobId } of open) await gen4.cancel?.(jobId);
    return { advance: { type: 'cancel' } };
  }
  if (open.length === 0) {
    failure ??= task.attempts.length >= MAX_FREE_ATTEMPTS ? { class: 'broken' } : undefined;
    return { advance: failure ? { type: 'fail', failure } : { type: 'jobLost' } };
  }
  const changes: Changes = { attempts, progress, polls: task.polls + 1, tries: unseen ? task.tries + 1 : 0 };
  const wait = unseen
    ? (unseen.retryAfterMs ?? backoffMs(task.tries, UNREACHABLE_BACKOFF, context.random))
    : gen4.capabilities.minPollMs;
  return { wait: Math.max(wait, gen4.capabilities.minPollMs), changes, hold: gen4.capabilities.local };

  function over(all: Attempt[], one: Attempt, how: Attempt['over']): Attempt[] {
    return all.map((each) => (each.id === one.id ? { ...each, over: how } : each));
  }
}

/** Streams the clip into the store and checks what came. A download that was cut is simply made again. */
async function copyClip(
  task: Task,
  attempt: Attempt,
  open: Extract<Verdict, { state: 'succeeded' }>['open'],
  { store, checkClip, signal, log }: StepContext,
): Promise<{ clip: Clip } | { unplayable: boolean }> {
  const blob = `clip-${attempt.id}`;
  try {
    const { bytes, sha256 } = await store.blobs.write(task.id, blob, await open(signal), { maxBytes: MAX_CLIP_BYTES });
    const checked = await checkClip(
      { bytes, read: (start, end) => readAll(store.blobs.read(task.id, blob, { start, end })) },
      { durationSeconds: task.options.duration },
    );
    if (checked.ok) return { clip: { blob, bytes, sha256, size: checked.size, durationMs: checked.durationMs } };
    log.warn({ why: checked.why }, 'the clip cannot be played');
    return { unplayable: true };
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    if (!(error instanceof BlobTooLarge)) log.warn({ err: error }, 'the clip could not be copied');
    return { unplayable: error instanceof BlobTooLarge };
  }
}
