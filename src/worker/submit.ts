import { ownersNo } from '../../commands/admin/controls.ts';
import { endOutage, isSetupTrouble, noteOutage, parkedBy, parkMs } from '../providers/key-parking.ts';
import { offeredModels } from '../providers/models.ts';
import type { Submitted } from '../providers/provider.ts';
import { spendRow } from '../store/spend.ts';
import { StoreUnavailable } from '../store/store.ts';
import { LEASE_MS, RENEW_MS } from '../store/tasks.ts';
import { callbackPath, newCallback } from '../task/callback.ts';
import { type Attempt, newAttemptId, type Task } from '../task/task.ts';
import type { TaskEvent } from '../task/transition.ts';
import { backoffMs } from '../util/backoff.ts';
import { readAll } from '../util/read-all.ts';
import { withChanges } from '../util/with-changes.ts';
import { withDeadline } from '../util/with-deadline.ts';
import type { Gate } from './gate.ts';
import { fail, type Outcome, type Settlement, type StepContext } from './outcome.ts';
import { nextLook } from './poll-schedule.ts';

/** A submit whose answer has not come by then is of unknown outcome. */
const SUBMIT_TIMEOUT_MS = 45_000;
/** Nothing was sent, and neither key nor provider is to blame. */
const NOT_CALLED = { outcome: 'not-called' } as const;
const REFUSED_BACKOFF = { baseMs: 2_000, maxMs: 300_000 };
/** A free job that is lost again and again (a render that kills its process) is given up after so many attempts. */
const MAX_FREE_ATTEMPTS = 100;

/** `queued` and its turn: names the attempt and puts its highest cost on record, before anything is sent. */
export async function start(task: Task, { controls, key, hasOutage }: Gate, context: StepContext): Promise<Outcome> {
  const { store, kept, provider, publicUrl, log } = context;
  // Who was blocked since, or what was refused, costs nothing.
  if (ownersNo(controls, task)) return { type: 'advance', event: { type: 'cancel' } };
  if (!task.fitted) throw new Error(`task ${task.id} is queued without a fitted picture`);
  let picture: Uint8Array;
  let lastPicture: Uint8Array | undefined;
  try {
    const { blob, last } = task.fitted;
    const read = async (name: string) => kept.of(name) ?? readAll(store.blobs.read(task.id, name));
    picture = await read(blob);
    lastPicture = last && (await read(last.blob));
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    log.error({ err: error }, 'the picture could not be read');
    return fail({ type: 'broken' });
  }
  // Before the call: after it nothing may come between its answer and the record.
  const firstLookMs = await firstLook(task, context);
  const callback = provider.capabilities.callbacks && publicUrl ? newCallback() : undefined;
  const attempt = { id: newAttemptId(), at: store.now(), key, callback: callback?.hash };
  await store.spend.open(spendRow(task, attempt.id));
  const callbackUrl = callback && `${publicUrl}${callbackPath(task.id, attempt.id, callback.secret)}`;
  // Once more: a process that was killed between the save and the settling of a refused attempt left that undone.
  const settled = task.attempts.filter(({ over }) => over === 'refused').map(({ id }) => ({ attemptId: id, cost: 0 }));
  return {
    type: 'advance',
    event: { type: 'submit', attempt },
    handoff: { callbackUrl, picture, lastPicture, hasOutage, firstLookMs },
    settled,
  };
}

/** `submitting`: the one call. A run that did not bring the task here itself knows nothing of the call. */
export async function submit(task: Task, context: StepContext): Promise<Outcome> {
  const { store, provider, log, owner, enteredThisRun, handoff, retryUntilStored } = context;
  const attempt = task.attempts.at(-1);
  if (!attempt) throw new Error(`task ${task.id} is submitting without an attempt`);
  const unknown: Outcome = {
    type: 'advance',
    event: provider.capabilities.paid ? { type: 'doubted' } : lostOrBroken(task),
  };
  if (!enteredThisRun) return unknown;

  // Who took it back while its picture was fetched and made to fit is heard by the save that names the call.
  const isTakenBack = task.requests.cancel === true;
  const submitted = isTakenBack ? NOT_CALLED : await call(task, attempt, context);
  switch (submitted.outcome) {
    case 'accepted': {
      const { firstLookMs: wait, hasOutage } = handoff;
      const advance = { type: 'advance', event: { type: 'accepted' }, wait } as const;
      const settled = booked(attempt, submitted.credits);
      // Its job is on record before anything else is done: with the save, where nothing is.
      if (settled.length === 0 && !hasOutage)
        return { ...advance, facts: { accepted: { [attempt.id]: submitted.jobId } } };
      await retryUntilStored(() => store.tasks.recordAccepted(task.id, attempt.id, submitted.jobId, owner));
      // One that another process noted since ends by itself soon.
      if (hasOutage)
        await endOutage(provider, store.cooldowns).catch((error: unknown) =>
          log.warn({ err: error }, 'no outage ended'),
        );
      return { ...advance, settled };
    }
    case 'refused':
      return refused(task, attempt, submitted, context);
    case 'not-called':
      return {
        type: 'advance',
        event: { type: 'refused' },
        wait: isTakenBack ? 0 : undefined,
        settled: [{ attemptId: attempt.id, cost: 0 }],
      };
    case 'unknown':
      log.warn({ reason: submitted.reason }, 'the provider may or may not have taken the submit');
      return unknown;
  }
}

/** What the service says that an attempt costs, in place of what we reckoned. */
export const booked = ({ id }: Attempt, credits: number | undefined): Settlement[] =>
  credits === undefined ? [] : [{ attemptId: id, cost: credits }];

/** When a job that has just been accepted is looked at first; a local one is held and looked at right away. */
async function firstLook(task: Task, context: StepContext): Promise<number | undefined> {
  if (context.provider.capabilities.local) return undefined;
  return (await nextLook(withChanges(task, { at: {} }), { now: context.store.now() }, context)).wait;
}

async function call(
  task: Task,
  { key }: Attempt,
  { provider, log, handoff, stopping, leaseAge }: StepContext,
): Promise<Submitted | typeof NOT_CALLED> {
  const { model, motion, seed, duration, sound, frame } = task.options;
  const { picture, lastPicture, callbackUrl } = handoff;
  if (!task.fitted || !picture) throw new Error(`task ${task.id} is submitting without a picture`);
  const { fitted: size, original } = task.fitted;
  // A worker that was paused may have been taken for dead: then the task is another's, and its person may have ended it.
  let isLate = false;
  const mayCall = (): boolean => {
    isLate ||= leaseAge() > LEASE_MS - RENEW_MS;
    if (isLate) log.warn('the lease had too little time left for the call, so nothing was sent');
    return !isLate;
  };
  if (stopping.aborted || !mayCall()) return NOT_CALLED;
  const wanted = {
    ...{ model, motion, seed, duration },
    sound: sound === undefined ? undefined : sound === 'on',
    endsOnPicture: frame === 'last' ? true : undefined,
    goesOn: task.goesOn ? true : undefined,
  };
  const input = { picture, lastPicture, size, original, scene: task.scene, ...wanted, key, callbackUrl };
  try {
    // Not under the step's own signal: once the call is on the wire its answer is worth waiting for, also at a stop.
    const submitted = await withDeadline(SUBMIT_TIMEOUT_MS, undefined, (signal) =>
      provider.submit(input, signal, mayCall),
    );
    return isLate && submitted.outcome === 'refused' ? NOT_CALLED : submitted;
  } catch (error) {
    log.error({ err: error }, 'the provider adapter threw in submit');
    return { outcome: 'unknown', reason: 'the adapter threw' };
  }
}

/** A free job that is gone is run again, up to a point. */
export const lostOrBroken = (task: Task): TaskEvent =>
  task.attempts.length < MAX_FREE_ATTEMPTS ? { type: 'jobLost' } : { type: 'fail', failure: { type: 'broken' } };

/** A refusal that says something about the request ends it; one about key or provider parks those, not the task. */
async function refused(
  task: Task,
  attempt: Attempt,
  { failure, retryAfterMs }: Extract<Submitted, { outcome: 'refused' }>,
  { store, provider, random, log, retryUntilStored }: StepContext,
): Promise<Outcome> {
  const settled = [{ attemptId: attempt.id, cost: 0, moderated: failure.type === 'moderation' }];
  switch (failure.type) {
    case 'transient':
    case 'no-credits':
    case 'quota':
    case 'auth':
    case 'no-model': {
      const ms = parkMs(failure.type, retryAfterMs, backoffMs(task.tries, REFUSED_BACKOFF, random));
      const name = parkedBy(failure.type, provider, { key: attempt.key, model: task.options.model });
      // The operator is told once for each parking: of two submits at once, the first to be refused says it.
      const told = (await retryUntilStored(() => store.cooldowns.get(name))) !== undefined;
      if (isSetupTrouble(failure.type) && !told)
        log.error({ parked: name, why: failure.type, ms }, 'a key or the model needs looking after');
      else log.warn({ parked: name, ms }, 'the provider refused a submit; it is left alone for a while');
      await retryUntilStored(() => store.cooldowns.park(name, ms, failure.type));
      if (failure.type === 'transient' && !provider.capabilities.local) {
        const reason = failure.why ?? failure.type;
        await retryUntilStored(() => noteOutage(provider, store.cooldowns, { ms, reason }));
      }
      // Another model may be chosen, and has its turn meanwhile.
      if (failure.type === 'no-model' && offeredModels(provider).length > 0) return fail(failure, settled);
      return { type: 'advance', event: { type: 'refused' }, settled };
    }
    default:
      return fail(failure, settled);
  }
}
