import { takesOf, tellCardHolder } from '../../commands/takes.ts';
import { fingerprint } from '../chat/kit/card-view.ts';
import { costsAlike } from '../chat/kit/takes-card.ts';
import { messagesFor } from '../messages/messages.ts';
import { isOnOthersCard } from '../task/lineage.ts';
import { isOver, type Task } from '../task/task.ts';
import { withChanges } from '../util/with-changes.ts';
import { ledgerOf } from './ledger.ts';
import { isGivenUp, type NotTold, notify, triesAfter, waitAfter } from './notify.ts';
import type { Outcome, StepContext } from './outcome.ts';

/** A card that cannot be brought to its last state is left as it is after so many tries. */
const MAX_CARD_TRIES = 8;
/** Name on record of the line that says that a clip was reported. */
const REPORTED = 'notice-reported';

/** An end: says so where the card alone might be missed, brings the card to its last state, and rests. */
export async function finish(task: Task, context: StepContext): Promise<Outcome> {
  const report = await tellReport(task, context);
  if (report) return report.again;
  const isOnOthers = isOnOthersCard(task) && !context.messenger.cardOfEachTake;
  if (isOnOthers && (await tellCardHolder(task, context.store))) return { type: 'rest' };
  if (task.shows !== undefined || isOnOthers)
    return (await tellFailure(task, [task], { isOnCard: false }, context))?.again ?? { type: 'rest' };
  const takes = context.messenger.cardOfEachTake ? [task] : await takesOf(task, context.store);
  // The holder of the card of several takes is due again with each that ends.
  if (!takes.every(isOver)) return showOnce(task, context);
  if (context.messenger.failsOnCard) {
    const card = await showLast(task, context);
    if (card.outcome.type === 'wait') return card.outcome;
    const told = await tellFailure(task, takes, { isOnCard: card.isShown }, context);
    return told ? beside(told.again, card.outcome, task) : card.outcome;
  }
  const told = await tellFailure(task, takes, { isOnCard: false }, context);
  // Where no place takes a message, one that stands there can still be edited.
  if (told && told.sent.outcome !== 'shut') return told.again;
  const { outcome } = await showLast(task, context, { hasTold: takes.some(hasFailed) || task.requests.report });
  return told ? beside(told.again, outcome, task) : outcome;
}

const hasFailed = ({ state }: Task): boolean => state === 'failed';

/** The one, and what the card shows since. */
const beside = (again: Outcome, { changes, facts }: Outcome, { shown }: Task): Outcome =>
  withChanges(again, { changes: { shown: changes?.shown ?? shown, ...again.changes }, facts });

/** Tells those who look after the chat that somebody reported the clip: once, however many do. */
async function tellReport(task: Task, context: StepContext): Promise<NotTold | undefined> {
  if (!task.requests.report || task.state !== 'delivered') return undefined;
  if (task.sent[REPORTED] === undefined) context.log.warn({ task: task.id, place: task.place }, 'a clip was reported');
  const text = messagesFor(task.locale).reported({ isShown: task.shows !== undefined });
  return notify(task, { kind: REPORTED, text, buttons: context.cardView.removing(task) }, context);
}

/** Says why it did not work; of several takes once, for all. */
async function tellFailure(
  task: Task,
  takes: readonly Task[],
  { isOnCard }: { isOnCard: boolean },
  context: StepContext,
): Promise<NotTold | undefined> {
  const failed = takes.filter(hasFailed);
  const [first = task] = failed;
  const { failure } = first;
  if (failed.length === 0 || !failure) return undefined;
  const words = messagesFor(task.locale);
  const came = takes.filter(({ state }) => state === 'delivered').length;
  const why = words.failure(failure, costsAlike(takes, first) ? first.cost : 0);
  const counts = { came, failed: failed.length, cancelled: takes.length - came - failed.length };
  const text = came === 0 ? why : words.takes.ended(counts, why);
  const brief = isOnCard ? (came === 0 ? words.didNotWork : words.takes.notAll) : undefined;
  const kind = `notice-failed-${failure.type}` as const;
  // What came has buttons of its own.
  const buttons = task.state === 'delivered' ? [] : context.cardView.buttons(task);
  return notify(task, { kind, text, brief, buttons }, context);
}

/** Brings the card of several takes up to date; what is not shown now is with the next one. */
async function showOnce(task: Task, context: StepContext): Promise<Outcome> {
  const { outcome, isShown } = await showLast(task, context);
  return isShown ? outcome : { type: 'rest' };
}

/**
 * Brings the card to its last state; whether it shows that, now or since before. `hasTold`: something was put on record of its
 * messages in this very step.
 */
async function showLast(
  task: Task,
  context: StepContext,
  { hasTold = task.requests.report }: { hasTold?: boolean } = {},
): Promise<{ outcome: Outcome; isShown: boolean }> {
  const { store, messenger, owner, cards, cardView, signal } = context;
  const { doubtful, recorded } = await cards.close(task.id);
  const enteredThisRun = context.enteredThisRun && !doubtful;
  const ledger = await ledgerOf(task, { store, owner, enteredThisRun }, hasTold ? undefined : recorded);
  if (!ledger) return { outcome: { type: 'rest' }, isShown: false };
  const card = await cardView.shown(task, messenger);
  const print = fingerprint(card);
  if (task.shown === print) return { outcome: { type: 'rest' }, isShown: true };
  const sent = await messenger.showCard(task, card, ledger, signal);
  if (sent.outcome === 'shown') {
    const facts = sent.sent && { sent: sent.sent };
    return { outcome: { type: 'rest', changes: { shown: print, tries: 0 }, facts }, isShown: true };
  }
  const isLast = sent.outcome === 'shut' || isGivenUp(task, sent, context, MAX_CARD_TRIES);
  if (isLast) return { outcome: { type: 'rest' }, isShown: false };
  const changes = { tries: triesAfter(sent, task) };
  return { outcome: { type: 'wait', wait: waitAfter(sent, task, context), changes }, isShown: false };
}
