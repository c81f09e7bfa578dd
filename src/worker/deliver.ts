import type { Outgoing, Sent } from '../chat/chat.ts';
import { fingerprint } from '../chat/kit/card-view.ts';
import { shortened } from '../chat/kit/text.ts';
import { messagesFor } from '../messages/messages.ts';
import type { Store } from '../store/store.ts';
import { CLIP_BLOBS } from '../task/blob-names.ts';
import { linkTo } from '../task/link.ts';
import type { Clip, Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { withChanges } from '../util/with-changes.ts';
import { ledgerOf } from './ledger.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** With the back-off below, about six hours of trying. */
const MAX_SEND_TRIES = 40;
const SEND_BACKOFF = { baseMs: 1_000, maxMs: 600_000 };
/** Where no place takes anything from the bot, a task waits for so long after it was asked for; permissions are soon mended. */
const SHUT_MS = 7 * 24 * 60 * 60_000;
/** Soon at first: a place may have opened while its refusal was on the way. */
const SHUT_BACKOFF = { baseMs: 5_000, maxMs: 3_600_000 };
/** Enough for the longest wait; those tries do not count among the others. */
const MAX_SHUT_TRIES = 10;
/** Most doubt about a submit heals by itself before then. */
const ASK_AFTER_MS = 2 * 60_000;
const DOUBT_ENDS_MS = 24 * 60 * 60_000;
/** A card that cannot be brought to its last state is left as it is after so many tries. */
const MAX_CARD_TRIES = 8;
/** So that whose it is, which comes last, is never cut off. */
const MAX_SHOWN = { scene: 650, author: 64 };
/** Name on record of the line that says where a clip is that no place takes. */
const LINKED = 'notice-link';
/** Name on record of the line that says that a clip was reported. */
const REPORTED = 'notice-reported';

/** `ready`: the clip is ours, so files that the provider still holds here may go, and copies that came to nothing. */
export async function prepare(task: Task, { provider, store }: StepContext): Promise<Outcome> {
  for (const jobId of Object.values(task.accepted)) await provider.release?.(jobId);
  for (const name of await store.blobs.names(task.id))
    if (name.startsWith(CLIP_BLOBS) && name !== task.clip?.blob) await store.blobs.remove(task.id, name);
  return { type: 'advance', event: { type: 'send' } };
}

/** `delivering`: shows the clip; after an unknown outcome the adapter looks for it before it sends again. */
export async function deliver(task: Task, context: StepContext): Promise<Outcome> {
  const { messenger, signal } = context;
  const clip = task.clip;
  if (!clip) throw new Error(`task ${task.id} is delivering without a clip`);
  const ledger = await ledgerOf(task, context);
  if (!ledger) return { type: 'rest' };
  const sent = await messenger.send(task, await clipMessage(task, clip, context), ledger, signal);
  if (sent.outcome === 'shown') return { type: 'advance', event: { type: 'shown' } };
  tellOperator(task, sent, context);
  if (sent.outcome === 'impossible') {
    const linked = await sendLink(task, context);
    if (linked) return linked;
  }
  if (isGivenUp(task, sent, context)) return fail({ type: 'undeliverable' });
  if (sent.outcome === 'shut') await context.store.shutOut.put(task);
  const wait = waitAfter(sent, task, context);
  const tries = triesAfter(sent, task);
  // Not where an earlier call may have shown it: `ready` would forget that, and the next call would not look.
  if (sent.outcome !== 'unknown' && context.enteredThisRun)
    return { type: 'advance', event: { type: 'sendRefused' }, wait, changes: { tries: tries - 1 } };
  return { type: 'wait', wait, changes: { tries } };
}

/**
 * A clip that no place takes, which is mostly too large for them, is there at an address of its own. Undefined where that
 * cannot be had, or is taken nowhere either. Only its author gives it away.
 */
async function sendLink(task: Task, context: StepContext): Promise<Outcome | undefined> {
  const { publicUrl, store } = context;
  if (publicUrl === undefined || task.shows !== undefined) return undefined;
  const link = linkTo(await store.links.open(task.id, task.requester.id), publicUrl);
  const text = messagesFor(task.locale).clipAtLink(link);
  const buttons = context.cardView.buttons(withChanges(task, { state: 'delivered' }));
  const told = await notify(task, { kind: LINKED, text, buttons }, context);
  if (told) return told.again;
  const isThere = (await store.tasks.get(task.id))?.sent[LINKED] !== undefined;
  return isThere ? { type: 'advance', event: { type: 'shown' } } : undefined;
}

/** `unconfirmed`: the provider may or may not have taken the submit. A person decides, or a day's silence does. */
export async function resolveDoubt(task: Task, context: StepContext): Promise<Outcome> {
  const attempt = task.attempts.at(-1);
  const since = task.at.unconfirmed;
  if (!attempt || since === undefined) throw new Error(`task ${task.id} is unconfirmed without an attempt`);
  const answer = task.requests.answer?.attempt === attempt.id ? task.requests.answer.choice : undefined;
  if (answer === 'retry') return { type: 'advance', event: { type: 'retry' } };
  const age = context.store.now() - since;
  if (answer === 'leave' || task.requests.cancel || age >= DOUBT_ENDS_MS) return fail({ type: 'doubt' });
  if (age < ASK_AFTER_MS) return { type: 'wait', wait: ASK_AFTER_MS - age };
  const words = messagesFor(task.locale);
  const asked = await notify(
    task,
    { kind: `notice-doubt-${attempt.id}`, text: words.doubt, buttons: context.cardView.buttons(task) },
    context,
  );
  return asked?.again ?? { type: 'wait', wait: DOUBT_ENDS_MS - age };
}

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

type NotShown = Exclude<Sent, { outcome: 'shown' }>;

/** A text that does not stand there yet: why, and when it is tried again. */
interface NotTold {
  sent: NotShown;
  again: Outcome;
}

/** Sends a text once. Undefined when it stands there, or never will. */
async function notify(task: Task, message: Outgoing, context: StepContext): Promise<NotTold | undefined> {
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
function isGivenUp(task: Task, { outcome }: NotShown, { store }: StepContext): boolean {
  if (outcome === 'shut') return store.now() - (task.at.received ?? 0) >= SHUT_MS;
  return outcome === 'impossible' || task.tries >= MAX_SEND_TRIES;
}

function tellOperator({ tries, state }: Task, { outcome, reason }: NotShown, { log }: StepContext): void {
  const isFirst = outcome === 'shut' && tries === 0;
  if (isFirst) log.error({ state, reason }, 'no place takes what is due there: it waits until one does');
  else log.warn({ outcome, state, reason }, 'a message was not delivered');
}

async function clipMessage(task: Task, clip: Clip, { store, cardView }: StepContext): Promise<Outgoing> {
  return {
    kind: 'clip',
    text: await textOf(task, store),
    // Those of the state that it will have once it is shown.
    buttons: cardView.buttons(withChanges(task, { state: 'delivered' })),
    clip: {
      bytes: clip.bytes,
      size: clip.size,
      durationMs: clip.durationMs,
      read: () => store.blobs.read(task.id, clip.blob),
    },
    card: await cardView.current(task),
  };
}

/** Somewhere else than it was made a clip says whose it is. */
async function textOf({ locale, scene, shows }: Task, { tasks }: Pick<Store, 'tasks'>): Promise<string> {
  const name = shows === undefined ? undefined : (await tasks.get(shows))?.requester.name;
  const words = messagesFor(locale);
  if (name === undefined) return words.clip(scene);
  return words.shown({ scene: shortened(scene, MAX_SHOWN.scene), author: shortened(name, MAX_SHOWN.author) });
}

function waitAfter(sent: NotShown, { tries }: Task, { random }: StepContext): number {
  if (sent.outcome === 'shut') return backoffMs(Math.min(tries, MAX_SHUT_TRIES), SHUT_BACKOFF, random);
  const told = sent.outcome === 'retry' || sent.outcome === 'unknown' ? sent.retryAfterMs : undefined;
  return told === undefined ? backoffMs(tries, SEND_BACKOFF, random) : Math.max(told, SEND_BACKOFF.baseMs);
}

const triesAfter = ({ outcome }: NotShown, { tries }: Task): number =>
  outcome === 'shut' ? Math.min(tries + 1, MAX_SHUT_TRIES) : tries + 1;
