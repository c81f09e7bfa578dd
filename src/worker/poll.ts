import { randomBytes } from 'node:crypto';
import type { Verdict } from '../gen4/provider.ts';
import { BlobTooLarge, StoreUnavailable } from '../store/store.ts';
import type { Failure } from '../task/failure.ts';
import { type Attempt, type Clip, openJobs, type Task } from '../task/task.ts';
import { backoffMs } from './backoff.ts';
import type { Changes, Outcome, StepContext } from './outcome.ts';
import { readAll } from './read-all.ts';
import { lostOrBroken } from './submit.ts';

export const MAX_CLIP_BYTES = 200 * 1024 * 1024;
/** A clip that cannot be copied or played is asked for anew so many times. */
const MAX_COPIES = 5;
/** A job that cannot be looked at is cancelled unseen after so many tries. */
const MAX_LOOKS_BEFORE_CANCEL = 3;
const DEADLINE_MS = 2 * 60 * 60_000;
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
        const unplayable = (attempt.unplayable ?? 0) + (copied.unplayable ? 1 : 0);
        if (unplayable >= MAX_COPIES) {
          failure = { class: 'try-another' };
          attempts = change(attempts, attempt, { over: 'failed' });
        } else {
          attempts = change(attempts, attempt, { unplayable });
          unseen = {};
        }
        break;
      }
      case 'failed':
        failure = verdict.failure;
        attempts = change(attempts, attempt, { over: 'failed' });
        break;
      case 'lost':
        if (gen4.capabilities.paid) unseen = {};
        else attempts = change(attempts, attempt, { over: 'lost' });
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
    return { advance: failure ? { type: 'fail', failure } : lostOrBroken(task) };
  }
  if (context.store.now() - (task.at.rendering ?? 0) >= DEADLINE_MS) {
    for (const { jobId } of open) await gen4.cancel?.(jobId);
    return { advance: { type: 'fail', failure: { class: 'deadline' } } };
  }
  const changes: Changes = { attempts, progress, polls: task.polls + 1, tries: unseen ? task.tries + 1 : 0 };
  const wait = unseen
    ? (unseen.retryAfterMs ?? backoffMs(task.tries, UNREACHABLE_BACKOFF, context.random))
    : gen4.capabilities.minPollMs;
  return { wait: Math.max(wait, gen4.capabilities.minPollMs), changes, hold: gen4.capabilities.local };

  function change(all: Attempt[], one: Attempt, to: Partial<Attempt>): Attempt[] {
    return all.map((each) => (each.id === one.id ? { ...each, ...to } : each));
  }
}

/** Streams the clip into the store and checks what came. A download that was cut is simply made again. */
async function copyClip(
  task: Task,
  attempt: Attempt,
  open: Extract<Verdict, { state: 'succeeded' }>['open'],
  { store, checkClip, signal, log }: StepContext,
): Promise<{ clip: Clip } | { unplayable: boolean }> {
  // A name of its own: a copy that comes late replaces nothing that was checked and shown.
  const blob = `clip-${attempt.id}-${randomBytes(4).toString('hex')}`;
  try {
    const { bytes, sha256 } = await store.blobs.write(task.id, blob, await open(signal), { maxBytes: MAX_CLIP_BYTES });
    const checked = await checkClip(
      { bytes, read: (start, end) => readAll(store.blobs.read(task.id, blob, { start, end })) },
      { durationSeconds: task.options.duration },
    );
    if (checked.ok) return { clip: { blob, bytes, sha256, size: checked.size, durationMs: checked.durationMs } };
    log.warn({ why: checked.why }, 'the clip cannot be played');
    await store.blobs.remove(task.id, blob);
    return { unplayable: true };
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    if (!(error instanceof BlobTooLarge)) log.warn({ err: error }, 'the clip could not be copied');
    return { unplayable: error instanceof BlobTooLarge };
  }
}
