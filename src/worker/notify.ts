import type { Outgoing, Sent } from '../chat/chat.ts';
import type { Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { ledgerOf } from './ledger.ts';
import type { Outcome, StepContext } from './outcome.ts';

/** With the back-off below, about six hours of trying. */
const MAX_SEND_TRIES = 40;
const SEND_BACKOFF = { baseMs: 1_000, maxMs: 600_000 };
/** Where no place takes anything from the bot, a task waits for so long after it was asked for; permissions are soon mended. */
const SHUT_MS = 7 * 24 * 60 * 60_000;
/** Soon at first: a place may have opened while its refusal was on the way. */
const SHUT_BACKOFF = { baseMs: 5_000, maxMs: 3_600_000 };
/** Enough for the longest wait; those tries do not count among the others. */
const MAX_SHUT_TRIES = 10;

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
export function isGivenUp(task: Task, { outcome }: NotShown, { store }: StepContext): boolean {
  if (outcome === 'shut') return store.now() - (task.at.received ?? 0) >= SHUT_MS;
  return outcome === 'impossible' || task.tries >= MAX_SEND_TRIES;
}

/** A refusal for the operator, in the log. */
export function tellOperator({ tries, state }: Task, { outcome, reason }: NotShown, { log }: StepContext): void {
  const isFirst = outcome === 'shut' && tries === 0;
  if (isFirst) log.error({ state, reason }, 'no place takes what is due there: it waits until one does');
  else log.warn({ outcome, state, reason }, 'a message was not delivered');
}

/** How long to wait for the next try, in milliseconds. */
export function waitAfter(sent: NotShown, { tries }: Task, { random }: StepContext): number {
  if (sent.outcome === 'shut') return backoffMs(Math.min(tries, MAX_SHUT_TRIES), SHUT_BACKOFF, random);
  const told = sent.outcome === 'retry' || sent.outcome === 'unknown' ? sent.retryAfterMs : undefined;
  return told === undefined ? backoffMs(tries, SEND_BACKOFF, random) : Math.max(told, SEND_BACKOFF.baseMs);
}

/** The number of tries that counts after this one. */
export const triesAfter = ({ outcome }: NotShown, { tries }: Task): number =>
  outcome === 'shut' ? Math.min(tries + 1, MAX_SHUT_TRIES) : tries + 1;
