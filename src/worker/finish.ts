import { fingerprint } from '../chat/kit/card-view.ts';
import { messagesFor } from '../messages/messages.ts';
import type { Task } from '../task/task.ts';
import { withChanges } from '../util/with-changes.ts';
import { ledgerOf } from './ledger.ts';
import { type NotTold, notify, waitAfter } from './notify.ts';
import type { Outcome, StepContext } from './outcome.ts';

/** A card that cannot be brought to its last state is left as it is after so many tries. */
const MAX_CARD_TRIES = 8;
/** Name on record of the line that says that a clip was reported. */
const REPORTED = 'notice-reported';

/** An end: says so where the card alone might be missed, brings the card to its last state, and rests. */
export async function finish(task: Task, context: StepContext): Promise<Outcome> {
  const report = await tellReport(task, context);
  if (report) return report.again;
  if (task.shows !== undefined)
    return (await tellFailure(task, { isOnCard: false }, context))?.again ?? { type: 'rest' };
  if (context.messenger.failsOnCard) {
    const card = await showLast(task, context);
    if (card.outcome.type === 'wait') return card.outcome;
    const told = await tellFailure(task, { isOnCard: card.isShown }, context);
    return told ? beside(told.again, card.outcome, task) : card.outcome;
  }
  const told = await tellFailure(task, { isOnCard: false }, context);
  // Where no place takes a message, one that stands there can still be edited.
  if (told && told.sent.outcome !== 'shut') return told.again;
  const { outcome } = await showLast(task, context);
  return told ? beside(told.again, outcome, task) : outcome;
}

/** The one, and what the card shows since. */
const beside = (again: Outcome, { changes }: Outcome, { shown }: Task): Outcome =>
  withChanges(again, { changes: { shown: changes?.shown ?? shown, ...again.changes } });

/** Tells those who look after the chat that somebody reported the clip: once, however many do. */
async function tellReport(task: Task, context: StepContext): Promise<NotTold | undefined> {
  if (!task.requests.report || task.state !== 'delivered') return undefined;
  if (task.sent[REPORTED] === undefined) context.log.warn({ task: task.id, place: task.place }, 'a clip was reported');
  const text = messagesFor(task.locale).reported({ isShown: task.shows !== undefined });
  return notify(task, { kind: REPORTED, text, buttons: context.cardView.removing(task) }, context);
}

async function tellFailure(
  task: Task,
  { isOnCard }: { isOnCard: boolean },
  context: StepContext,
): Promise<NotTold | undefined> {
  if (task.state !== 'failed' || !task.failure) return undefined;
  const words = messagesFor(task.locale);
  const text = words.failure(task.failure, task.cost);
  const brief = isOnCard ? words.didNotWork : undefined;
  const kind = `notice-failed-${task.failure.type}` as const;
  return notify(task, { kind, text, brief, buttons: context.cardView.buttons(task) }, context);
}

/** Brings the card to its last state; whether it shows that, now or since before. */
async function showLast(task: Task, context: StepContext): Promise<{ outcome: Outcome; isShown: boolean }> {
  const { store, messenger, owner, cards, cardView, signal } = context;
  const doubtful = await cards.close(task.id);
  const ledger = await ledgerOf(task, { store, owner, enteredThisRun: context.enteredThisRun && !doubtful });
  if (!ledger) return { outcome: { type: 'rest' }, isShown: false };
  const card = await cardView.current(task);
  const print = fingerprint(card);
  if (task.shown === print) return { outcome: { type: 'rest' }, isShown: true };
  const sent = await messenger.showCard(task, card, ledger, signal);
  if (sent.outcome === 'shown')
    return { outcome: { type: 'rest', changes: { shown: print, tries: 0 } }, isShown: true };
  const isLast = sent.outcome === 'impossible' || sent.outcome === 'shut' || task.tries >= MAX_CARD_TRIES;
  if (isLast) return { outcome: { type: 'rest' }, isShown: false };
  const changes = { tries: task.tries + 1 };
  return { outcome: { type: 'wait', wait: waitAfter(sent, task, context), changes }, isShown: false };
}
