import { randomBytes } from 'node:crypto';
import { storedClip } from '../media/clips/stored-clip.ts';
import type { Verdict } from '../providers/provider.ts';
import { BlobTooLarge } from '../store/blobs.ts';
import { StoreUnavailable } from '../store/store.ts';
import { CLIP_BLOBS } from '../task/blob-names.ts';
import type { Failure } from '../task/failure.ts';
import { type Attempt, type Clip, openJobs, serviceOf, type Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { withChanges } from '../util/with-changes.ts';
import { removeOtherCopies } from './deliver.ts';
import { fail, type Outcome, type Settlement, type StepContext } from './outcome.ts';
import { learnPace, nextLook } from './poll-schedule.ts';
import { booked, lostOrBroken } from './submit.ts';

const MAX_CLIP_BYTES = 200 * 1024 * 1024;
/** A clip that cannot be copied or played is asked for anew so many times. */
const MAX_COPIES = 5;
/** A job that cannot be looked at is cancelled unseen after so many tries. */
const MAX_LAST_LOOKS = 3;
/**
 * What cannot be reached is given up after so long: a job past its deadline that nobody can look at, a finished clip that
 * nobody can fetch. Ten minutes of it and so many tries in a row are of this process's own and after any sleep of the
 * machine, whose network may come up later than the program. So long it also looks at a job that is still being made
 * past its deadline: the clock may have been set between two starts.
 */
const GIVE_UP = { afterMs: 60 * 60_000, ofThisProcessMs: 10 * 60_000, tries: 15 };
/** A job that failed for a passing reason of the provider's, and cost nothing, is made so many times in all. */
const MAX_TRANSIENT_ATTEMPTS = 3;
/** A provider may not know a job yet that it has just accepted: only later is "not found" its word. */
const GONE_AFTER_MS = 2 * 60_000;
const UNREACHABLE_BACKOFF = { baseMs: 1_000, maxMs: 60_000 };

/** The answers of a look at every open job of a task, taken together. */
interface Looks {
  attempts: Attempt[];
  settled: Settlement[];
  progress?: number;
  /** The progress told just now, also where it is less than before. */
  told?: number;
  /** At least one job came to its end. */
  verdict?: boolean;
  clip?: Clip;
  failure?: Failure;
  /** The failed job cost nothing, as the provider says. */
  free?: boolean;
  /** At least one could not be seen, or its clip not be copied: look again, no sooner than so many milliseconds. */
  unseen?: { retryAfterMs?: number };
  /** When the first clip was ready of those that could not be copied. */
  finishedAt?: number;
}

/** `rendering`: looks at the jobs; a finished clip is copied into the store in the same step. */
export async function poll(task: Task, context: StepContext): Promise<Outcome> {
  const { provider, store } = context;
  const sinceLook = store.now() - (task.look?.at ?? 0);
  // A look that is still to come was made by a clock that has been set back since.
  const tooSoon = sinceLook < 0 ? 0 : provider.capabilities.minPollMs - sinceLook;
  // A callback wakes the task, but the service's own minimum holds all the same.
  if (tooSoon > 0 && !task.requests.cancel && !provider.capabilities.local) return { type: 'wait', wait: tooSoon };
  const looks = await lookAtAll(task, context);
  const outcome = await decide(task, looks, context);
  const { attempts, settled } = looks;
  return withChanges(outcome, { settled, changes: { attempts, ...outcome.changes } });
}

async function decide(task: Task, looks: Looks, context: StepContext): Promise<Outcome> {
  const { provider, limits, store, log } = context;
  const now = store.now();
  if ((looks.clip || looks.verdict) && !provider.capabilities.local) await learnPace(task, now, context);
  if (looks.clip) return sendAtOnce(task, looks.clip, context);

  const { attempts, progress, failure, unseen } = looks;
  const open = openJobs({ attempts, accepted: task.accepted });
  const looked = !unseen || task.tries >= MAX_LAST_LOOKS;
  if (task.requests.cancel && looked) {
    for (const { jobId } of open) await provider.cancel?.(jobId);
    return { type: 'advance', event: { type: 'cancel' } };
  }
  if (open.length === 0) {
    if (!failure) return { type: 'advance', event: lostOrBroken(task) };
    return isForFree(looks) ? { type: 'advance', event: { type: 'jobLost' } } : fail(failure);
  }
  // A clip that is ready has kept its deadline.
  const isReady = looks.finishedAt !== undefined;
  const patientSince = looks.finishedAt ?? (task.at.rendering ?? 0) + limits.deadlineMs;
  if (isGivenUp(patientSince, { unseen: unseen !== undefined, tries: task.tries }, context)) {
    if (isReady) log.error('a finished clip could not be fetched for too long, and is given up');
    for (const { jobId } of open) await provider.cancel?.(jobId);
    return fail({ type: isReady ? 'clip-unfetched' : 'deadline' });
  }

  const changes = { progress, polls: task.polls + 1, tries: unseen ? task.tries + 1 : 0 };
  const { minPollMs, local } = provider.capabilities;
  if (unseen) {
    const wait = unseen.retryAfterMs ?? backoffMs(task.tries, UNREACHABLE_BACKOFF, context.random);
    return { type: 'wait', wait: Math.max(wait, minPollMs), changes, hold: local };
  }
  if (local) return { type: 'wait', wait: minPollMs, changes, hold: true };
  const { wait, late } = await nextLook(task, { now, progress: looks.told }, context);
  const look = { at: now, progress: looks.told };
  // Once late, always late: the expected duration may change meanwhile.
  return { type: 'wait', wait, changes: { look, late: late || task.late, ...changes } };
}

/** A clip that wants no more work is on its way with the save that tells of it. */
async function sendAtOnce(task: Task, clip: Clip, context: StepContext): Promise<Outcome> {
  const stored = { type: 'advance', event: { type: 'clipStored', clip } } as const;
  const { provider, visitor } = context;
  if (task.goesOn || provider.release) return stored;
  // Where there is no room with its platform it waits for that while it is `ready`.
  if (visitor.goTo(serviceOf(task.place.platform)) !== undefined) return stored;
  // One that was lost may have left copies.
  if (task.letGo === undefined || task.version !== task.letGo + 1)
    await removeOtherCopies(withChanges(task, { clip }), context);
  return { ...stored, next: { type: 'send' } };
}

/** Whether a job that has no end is given up, with patience since an instant; `unseen`: it could not be looked at. */
function isGivenUp(
  since: number,
  { unseen, tries }: { unseen: boolean; tries: number },
  { store, startedAt }: StepContext,
): boolean {
  const now = store.now();
  if (now < since || now - startedAt < GIVE_UP.ofThisProcessMs) return false;
  return !unseen || (now - since >= GIVE_UP.afterMs && tries >= GIVE_UP.tries);
}

async function lookAtAll(task: Task, context: StepContext): Promise<Looks> {
  const { provider, store, signal, log } = context;
  const looks: Looks = { attempts: task.attempts, settled: [], progress: task.progress };
  const note = (attempt: Attempt, change: Partial<Attempt>) => {
    looks.attempts = looks.attempts.map((each) => (each.id === attempt.id ? withChanges(each, change) : each));
  };

  for (const { attempt, jobId } of openJobs(task)) {
    const verdict = await provider.poll(jobId, signal, task.scene);
    switch (verdict.outcome) {
      case 'succeeded': {
        const copied = await copyClip(task, attempt, verdict, context);
        if (copied.outcome === 'copied') {
          looks.settled.push(...booked(attempt, verdict.credits));
          looks.clip = copied.clip;
          return looks;
        }
        const unplayable = (attempt.unplayable ?? 0) + (copied.outcome === 'unplayable' ? 1 : 0);
        if (unplayable >= MAX_COPIES) {
          looks.failure = { type: 'try-another' };
          note(attempt, { over: 'failed', unplayable });
        } else {
          looks.unseen = {};
          looks.finishedAt = attempt.finishedAt ?? store.now();
          note(attempt, { unplayable, finishedAt: looks.finishedAt });
        }
        break;
      }
      case 'failed':
        looks.settled.push({
          attemptId: attempt.id,
          cost: verdict.credits ?? task.cost,
          moderated: verdict.failure.type === 'moderation',
        });
        looks.failure = verdict.failure;
        looks.free = verdict.credits === 0;
        looks.verdict = true;
        note(attempt, { over: 'failed' });
        break;
      case 'lost': {
        const change = gone(attempt, provider.capabilities.paid, store.now());
        note(attempt, change);
        if (!change.over) looks.unseen = {};
        else if (provider.capabilities.paid) looks.failure = { type: 'job-gone' };
        break;
      }
      case 'unreachable':
        if (task.tries === 0) log.warn({ reason: verdict.reason }, 'a job could not be looked at');
        looks.unseen = { retryAfterMs: verdict.retryAfterMs };
        break;
      case 'rendering': {
        // A bar that runs backwards says nothing to a person.
        if (verdict.progress !== undefined) looks.told = verdict.progress;
        const progress = Math.max(looks.progress ?? 0, verdict.progress ?? 0);
        if (progress > 0) looks.progress = progress;
        break;
      }
    }
  }
  return looks;
}

/** Whether the job failed for a passing reason and certainly cost nothing: then it is made again without asking. */
const isForFree = ({ attempts, failure, free }: Looks): boolean =>
  failure?.type === 'transient' && free === true && attempts.length < MAX_TRANSIENT_ATTEMPTS;

/** "Not found" ends a paid job only when said twice, two minutes or more after it was accepted. */
function gone(attempt: Attempt, paid: boolean, now: number): Partial<Attempt> {
  if (!paid) return { over: 'lost' };
  if (attempt.goneAt === undefined) return { goneAt: now };
  return now - attempt.at >= GONE_AFTER_MS && now > attempt.goneAt ? { over: 'lost' } : {};
}

/** Streams the clip into the store and checks it. A download that was cut is simply made again. */
async function copyClip(
  task: Task,
  attempt: Attempt,
  { host, open }: Extract<Verdict, { outcome: 'succeeded' }>,
  { store, kept, checkClip, signal, log }: StepContext,
): Promise<{ outcome: 'copied'; clip: Clip } | { outcome: 'unplayable' | 'cut-off' }> {
  // A name of its own: a copy that comes late replaces nothing that was checked and shown.
  const blob = `${CLIP_BLOBS}${attempt.id}-${randomBytes(4).toString('hex')}`;
  try {
    const source = kept.passing(blob, await open(signal));
    const { bytes, sha256 } = await store.blobs.write(task.id, blob, source, { maxBytes: MAX_CLIP_BYTES });
    // The store has just acknowledged the very bytes that are kept.
    const stored = storedClip(bytes, (range) => kept.read(blob, range) ?? store.blobs.read(task.id, blob, range));
    const checked = await checkClip(stored, { durationSeconds: task.options.duration });
    if (checked.outcome === 'playable') {
      const { size, durationMs, hasSound } = checked;
      return { outcome: 'copied', clip: { blob, bytes, sha256, size, durationMs, hasSound } };
    }
    log.warn({ reason: checked.reason }, 'the clip cannot be played');
    await store.blobs.remove(task.id, blob);
    return { outcome: 'unplayable' };
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof BlobTooLarge) return { outcome: 'unplayable' };
    log.warn({ host, err: error }, 'the clip could not be copied');
    // It may be whole, where it was the check that failed.
    await store.blobs.remove(task.id, blob);
    return { outcome: 'cut-off' };
  }
}
