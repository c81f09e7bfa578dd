import type { Outgoing, Sent } from '../chat/chat.ts';
import { fingerprint } from '../chat/kit/card-view.ts';
import { messagesFor } from '../messages/messages.ts';
import { CLIP_BLOBS } from '../task/blob-names.ts';
import type { Clip, Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import { withChanges } from '../util/with-changes.ts';
import { ledgerOf } from './ledger.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** With the back-off below, about six hours of trying. */
const MAX_SEND_TRIES = 40;
const SEND_BACKOFF = { baseMs: 1_000, maxMs: 600_000 };
/** Most doubt about a submit heals by itself before then. */
const ASK_AFTER_MS = 2 * 60_000;
const DOUBT_ENDS_MS = 24 * 60 * 60_000;
/** A card that cannot be brought to its last state is left as it is after so many tries. */
const MAX_CARD_TRIES = 8;

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
  context.log.warn({ outcome: sent.outcome, reason: sent.reason }, 'the clip was not delivered');
  if (sent.outcome === 'impossible' || task.tries >= MAX_SEND_TRIES) return fail({ type: 'undeliverable' });
  const wait = waitAfter(sent, task, context);
  // Not where an earlier call may have shown it: `ready` would forget that, and the next call would not look.
  if (sent.outcome === 'retry' && context.enteredThisRun)
    return { type: 'advance', event: { type: 'sendRefused' }, wait };
  return { type: 'wait', wait, changes: { tries: task.tries + 1 } };
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
  return asked ?? { type: 'wait', wait: DOUBT_ENDS_MS - age };
}

/** An end: says so where the card alone might be missed, brings the card to its last state, and rests. */
export async function finish(task: Task, context: StepContext): Promise<Outcome> {
  if (task.state === 'failed' && task.failure) {
    const words = messagesFor(task.locale);
    const text = `${words.failure(task.failure, task.cost)} ${words.supportId(task.id)}`;
    const again = await notify(
      task,
      { kind: `notice-failed-${task.failure.type}`, text, buttons: context.cardView.buttons(task) },
      context,
    );
    if (again) return again;
  }
  const { store, messenger, owner, cards, cardView, signal } = context;
  const doubtful = await cards.close(task.id);
  const ledger = await ledgerOf(task, { store, owner, enteredThisRun: context.enteredThisRun && !doubtful });
  if (!ledger) return { type: 'rest' };
  const card = await cardView.current(task);
  const print = fingerprint(card);
  if (task.shown === print) return { type: 'rest' };
  const sent = await messenger.showCard(task, card, ledger, signal);
  if (sent.outcome === 'shown') return { type: 'rest', changes: { shown: print, tries: 0 } };
  if (sent.outcome === 'impossible' || task.tries >= MAX_CARD_TRIES) return { type: 'rest' };
  return { type: 'wait', wait: waitAfter(sent, task, context), changes: { tries: task.tries + 1 } };
}

/** Sends a text once. Undefined when it stands there, or never will. */
async function notify(task: Task, message: Outgoing, context: StepContext): Promise<Outcome | undefined> {
  if (task.sent[message.kind] !== undefined) return undefined;
  const ledger = await ledgerOf(task, context);
  if (!ledger) return undefined;
  const sent = await context.messenger.send(task, message, ledger, context.signal);
  if (sent.outcome === 'shown' || sent.outcome === 'impossible' || task.tries >= MAX_SEND_TRIES) return undefined;
  return { type: 'wait', wait: waitAfter(sent, task, context), changes: { tries: task.tries + 1 } };
}

async function clipMessage(task: Task, clip: Clip, { store, cardView }: StepContext): Promise<Outgoing> {
  return {
    kind: 'clip',
    text: messagesFor(task.locale).clip(task.scene),
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

function waitAfter(sent: Exclude<Sent, { outcome: 'shown' }>, task: Task, { random }: StepContext): number {
  const told = sent.outcome === 'retry' ? sent.retryAfterMs : undefined;
  return told === undefined ? backoffMs(task.tries, SEND_BACKOFF, random) : Math.max(told, SEND_BACKOFF.baseMs);
}
