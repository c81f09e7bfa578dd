import type { Outgoing, Sent } from '../chat/chat.ts';
import type { Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { ledgerOf } from './ledger.ts';
import type { Outcome, StepContext } from './outcome.ts';

/** With the back-off below, about six hours of trying. */
const MAX_SEND_TRIES = 40;
const SEND_BACKOFF = { baseMs: 1_000, maxMs: 600_000 };
/**
 * Where no place takes anything from the bot, or its platform says that too much is sent, a task waits for so long after it
 * was asked for: permissions are soon mended, and floods end.
 */
const PUT_OFF_MS = 7 * 24 * 60 * 60_000;
/** Soon at first: a place may have opened while its refusal was on the way. */
const SHUT_BACKOFF = { baseMs: 5_000, maxMs: 3_600_000 };
/** A platform that goes on refusing everything is asked less often: what waits may be thousands of clips. */
const FLOOD_BACKOFF = { baseMs: 1_000, maxMs: 300_000 };
/** Enough for the longest wait; those tries do not count among the others. */
const MAX_PUT_OFF_TRIES = 10;

/** An attempt to send that showed nothing, as far as is known. */
export type NotShown = Exclude<Sent, { outcome: 'shown' }>;

/** A text that does not stand there yet: why, and when it is tried again. */
export interface NotTold {
  sent: NotShown;
  again: Outcome;
}

/** Sends a text once. Undefined when it stands there, or never will. */
export async function notify(task: Task, message: Outgoing, context: StepContext): Promise<NotTold | undefined> {
  if (task.sent[message.kind] !== undefined) return undefined;
  const ledger = await ledgerOf(task, context);
  if (!ledger) return undefined;
  const sent = await context.messenger.send(task, message, ledger, context.signal);
  if (sent.outcome === 'shown') return undefined;
  tellOperator(task, sent, context);
  if (isGivenUp(task, sent, context)) return undefined;
  if (sent.outcome === 'shut') await context.store.shutOut.put(task);
  const changes = { tries: triesAfter(sent, task) };
  return { sent, again: { type: 'wait', wait: waitAfter(sent, task, context), changes } };
}

/** Whether it is not sent any more. A place that is shut may open. */
export function isGivenUp(task: Task, sent: NotShown, { store }: StepContext, maxTries = MAX_SEND_TRIES): boolean {
  // What is said of a clip that is older than that, as of one that somebody reports, is tried some times all the same.
  if (isPutOff(sent)) return task.tries >= MAX_PUT_OFF_TRIES && store.now() - (task.at.received ?? 0) >= PUT_OFF_MS;
  return sent.outcome === 'impossible' || task.tries >= maxTries;
}

/** Nothing is wrong with it: it waits for its place or its platform. */
const isPutOff = (sent: NotShown): boolean =>
  sent.outcome === 'shut' || (sent.outcome === 'retry' && sent.limited !== undefined);

/** A refusal for the operator, in the log. */
export function tellOperator({ tries, state }: Task, { outcome, reason }: NotShown, { log }: StepContext): void {
  const isFirst = outcome === 'shut' && tries === 0;
  if (isFirst) log.error({ state, reason }, 'no place takes what is due there: it waits until one does');
  else log.warn({ outcome, state, reason }, 'a message was not delivered');
}

/** How long to wait for the next try, in milliseconds. */
export function waitAfter(sent: NotShown, { tries }: Task, { random }: StepContext): number {
  if (sent.outcome === 'shut') return backoffMs(Math.min(tries, MAX_PUT_OFF_TRIES), SHUT_BACKOFF, random);
  const told = sent.outcome === 'retry' || sent.outcome === 'unknown' ? sent.retryAfterMs : undefined;
  if (told === undefined) return backoffMs(tries, SEND_BACKOFF, random);
  const isFlood = sent.outcome === 'retry' && sent.limited === 'flood';
  return Math.max(told, isFlood ? backoffMs(tries, FLOOD_BACKOFF, random) : SEND_BACKOFF.baseMs);
}

/** The number of tries that counts after this one. */
export const triesAfter = (sent: NotShown, { tries }: Task): number =>
  isPutOff(sent) ? Math.min(tries + 1, MAX_PUT_OFF_TRIES) : tries + 1;
