import type { Outgoing } from '../chat/chat.ts';
import { shortened } from '../chat/kit/text.ts';
import { messagesFor } from '../messages/messages.ts';
import type { Store } from '../store/store.ts';
import { LEASE_MS, RENEW_MS } from '../store/tasks.ts';
import { CLIP_BLOBS } from '../task/blob-names.ts';
import { linkTo } from '../task/link.ts';
import type { Clip, Task } from '../task/task.ts';
import { withChanges } from '../util/with-changes.ts';
import { joinOwn } from './go-on.ts';
import { ledgerOf } from './ledger.ts';
import { isGivenUp, notify, tellOperator, triesAfter, waitAfter } from './notify.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** Most doubt about a submit heals by itself before then. */
const ASK_AFTER_MS = 2 * 60_000;
const DOUBT_ENDS_MS = 24 * 60 * 60_000;
/** A clip that has no room to be joined keeps no run: it comes again after this. */
const JOINER_BUSY_MS = 2_000;
/** So that whose it is, which comes last, is never cut off. */
const MAX_SHOWN = { scene: 650, author: 64 };
/** Name on record of the line that says where a clip is that no place takes. */
const LINKED = 'notice-link';

/**
 * `ready`: the clip is ours, so files that the provider still holds here may go, and copies that came to nothing. What goes on
 * from another clip is joined with that one first.
 */
export async function prepare(task: Task, context: StepContext): Promise<Outcome> {
  const { provider } = context;
  const joined = await joinOwn(task, context);
  if (joined === 'busy') return { type: 'wait', wait: JOINER_BUSY_MS };
  if (joined) return { type: 'wait', wait: 0, hold: true, changes: { clip: joined } };
  for (const jobId of Object.values(task.accepted)) await provider.release?.(jobId);
  await removeOtherCopies(task, context);
  return { type: 'advance', event: { type: 'send' } };
}

/** Removes what a process that was killed, or came late, copied of the clip. */
export async function removeOtherCopies({ id, clip, goesOn }: Task, { store }: StepContext): Promise<void> {
  for (const name of await store.blobs.names(id))
    if (name.startsWith(CLIP_BLOBS) && name !== clip?.blob && name !== goesOn?.blob) await store.blobs.remove(id, name);
}

/** `delivering`: shows the clip; after an unknown outcome the adapter looks for it before it sends again. */
export async function deliver(task: Task, context: StepContext): Promise<Outcome> {
  const { messenger, signal } = context;
  const clip = task.clip;
  if (!clip) throw new Error(`task ${task.id} is delivering without a clip`);
  // Who stood still since the save may have been taken for dead, and looks what another has sent meanwhile.
  const isHeld = context.leaseAge() < LEASE_MS - RENEW_MS;
  const ledger = await ledgerOf(task, context, isHeld ? context.cards.recorded(task.id) : undefined);
  if (!ledger) return { type: 'rest' };
  const sent = await messenger.send(task, await clipMessage(task, clip, context), ledger, signal);
  if (sent.outcome === 'shown')
    return { type: 'advance', event: { type: 'shown' }, facts: sent.sent && { sent: sent.sent } };
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

async function clipMessage(
  task: Task,
  clip: Clip,
  { store, kept, cardView, messenger }: StepContext,
): Promise<Outgoing> {
  return {
    kind: 'clip',
    text: await textOf(task, store),
    facts: cardView.facts(task),
    // Those of the state that it will have once it is shown.
    buttons: cardView.buttons(withChanges(task, { state: 'delivered' })),
    clip: {
      bytes: clip.bytes,
      size: clip.size,
      durationMs: clip.durationMs,
      read: () => kept.read(clip.blob) ?? store.blobs.read(task.id, clip.blob),
    },
    card: await cardView.shown(task, messenger),
  };
}

/** Somewhere else than it was made a clip says whose it is. */
async function textOf({ locale, scene, shows }: Task, { tasks }: Pick<Store, 'tasks'>): Promise<string> {
  const name = shows === undefined ? undefined : (await tasks.get(shows))?.requester.name;
  const words = messagesFor(locale);
  if (name === undefined) return words.clip(scene);
  return words.shown({ scene: shortened(scene, MAX_SHOWN.scene), author: shortened(name, MAX_SHOWN.author) });
}
