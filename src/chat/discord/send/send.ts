import { detailsAction } from '../../../../commands/details.ts';
import type { Detour } from '../../../messages/en/discord.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { leadOf } from '../../../task/lineage.ts';
import { fileOf, type Task } from '../../../task/task.ts';
import type { Semaphore } from '../../../util/semaphore.ts';
import type { Button, Ledger, Outgoing, OutgoingClip, Sent } from '../../chat.ts';
import { hold } from '../../kit/hold.ts';
import { CODE, isTooLarge } from '../api/codes.ts';
import type { Upload } from '../api/wire.ts';
import { kindCode, type MessageRef, readRef, writeRef } from '../ids.ts';
import { covered, fileName, quoted } from '../text.ts';
import { type CardDeps, makeCard } from './card.ts';
import { factsLine, textBody } from './layout.ts';
import { lookUp } from './look-up.ts';
import { enter, mayThread, type Target, targetsOf } from './places.ts';
import { type DiscordPosted, post, remove } from './post.ts';

/** The usual upload limit: in conversations, and where a place did not say. */
export const USUAL_UPLOAD_BYTES = 20 * 1024 * 1024;
/** Where that was refused all the same: the limit before. */
const LEAST_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Of a message's 2,000 characters; markup is escaped, which may double it. */
const MAX_TEXT = 800;

export interface SendDeps extends CardDeps {
  /** Whether clips come in a thread on their card, where their chat does not say. */
  reply: 'thread' | 'reply';
  /** A turn among the uploads that may go on at once. */
  upload: Semaphore;
}

interface Sending {
  task: Task;
  message: Outgoing;
  ledger: Ledger;
  letter: string;
}

/** Sends a clip or a notice to the best place that takes it. After an unknown outcome it looks everywhere first. */
export async function send(
  deps: SendDeps,
  { task, message, ledger }: Omit<Sending, 'letter'>,
  signal: AbortSignal,
): Promise<Sent> {
  if (ledger.sent[message.kind] !== undefined) return { outcome: 'shown' };
  const sending: Sending = { task, message, ledger, letter: kindCode(message.kind, task) };
  const { reply = deps.reply } = task.place;
  const inThread = reply === 'thread' && message.kind === 'clip' && mayThread(task);
  // What is shown once more has no card: a line about it stands beside the clip.
  let card = readRef(task.shows === undefined ? (ledger.leadCard ?? ledger.sent.card) : ledger.sent.clip);
  if (!card && inThread && message.kind === 'clip' && leadOf(task) === undefined) {
    // Its desk may be posting it just now: by the nonce there is one.
    const made = await makeCard(deps, { task, card: message.card, ledger, look: true, post: true }, signal);
    if (made.outcome === 'made') card = made.ref;
    else if (made.outcome !== 'none') return { ...made, outcome: 'retry' };
  }
  const targets = targetsOf(task, { card, inThread, isClip: message.kind === 'clip' });
  const dark = new Set<Target>();
  if (ledger.doubtful) {
    const sent = await lookEverywhere(deps, sending, { targets, dark, card }, signal);
    if (sent) return sent;
  }
  return sendToBest(
    deps,
    sending,
    targets.filter((target) => !dark.has(target)),
    signal,
  );
}

/** Undefined where it is nowhere. Targets that cannot be read are put in `dark`: nothing more is sent there. */
async function lookEverywhere(
  deps: SendDeps,
  sending: Sending,
  { targets, dark, card }: { targets: readonly Target[]; dark: Set<Target>; card: MessageRef | undefined },
  signal: AbortSignal,
): Promise<Sent | undefined> {
  const { task, letter } = sending;
  const sinceMs = task.at[task.state] ?? task.at.received ?? 0;
  for (const target of targets) {
    // Looking opens no thread: where there is none, nothing was sent.
    const entered =
      target.type === 'direct' ? await enter(target, { task, ledger: sending.ledger, ...deps }, signal) : target;
    if ('outcome' in entered && entered.outcome !== 'open') {
      if (entered.outcome === 'closed' || entered.outcome === 'impossible') continue;
      return { ...entered, outcome: 'retry' };
    }
    const wanted = {
      channel: entered.channel,
      taskId: task.id,
      letter,
      sinceMs,
      witness: target.type === 'direct' ? undefined : card,
    };
    const found = await lookUp(deps, wanted, signal);
    if (found.outcome === 'found') return recorded(deps, sending, found.ref, signal);
    if (found.outcome === 'unreadable') dark.add(target);
    else if (found.outcome !== 'none') return { ...found, outcome: 'retry' };
  }
  return undefined;
}

async function sendToBest(
  deps: SendDeps,
  sending: Sending,
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<Sent> {
  const { task } = sending;
  let detour: Detour | undefined;
  const reasons: string[] = [];
  let isShut = true;
  for (const target of targets) {
    const entered = await enter(target, { task, ledger: sending.ledger, ...deps }, signal);
    if (entered.outcome === 'retry' || entered.outcome === 'unknown') return { ...entered, outcome: 'retry' };
    if (entered.outcome !== 'open') {
      if (entered.outcome === 'closed') detour = entered.detour ?? detour;
      reasons.push(`${target.type}: ${entered.reason}`);
      continue;
    }
    const posted = await postIn(deps, sending, { target, channel: entered.channel, detour }, signal);
    if (posted.outcome === 'posted') return recorded(deps, sending, posted.ref, signal);
    if (posted.outcome === 'deleted') return { outcome: 'shown' };
    if (posted.outcome !== 'impossible') return posted;
    reasons.push(`${target.type}: ${posted.reason}`);
    isShut &&= posted.status === 403 || posted.status === 404;
    // Not another thread that stays empty, as soon as that.
    if (target.type === 'own-thread' && posted.status === 403) deps.recentRefusals.block(target.card.channel, 'thread');
    if (isTooLarge(posted)) detour = 'too-large';
    else if (posted.code === CODE.threadLocked) detour = 'thread-locked';
    else if (target.type !== 'own-thread') detour = 'place-gone';
  }
  const reason = reasons.join('; ') || 'nowhere to send it';
  return { outcome: isShut ? 'shut' : 'impossible', reason };
}

/** Posts it in one place; a clip that is too large for it is made smaller once. */
async function postIn(
  deps: SendDeps,
  { task, message, ledger, letter }: Sending,
  { target, channel, detour }: { target: Target; channel: string; detour: Detour | undefined },
  signal: AbortSignal,
): Promise<DiscordPosted> {
  const words = messagesFor(task.locale).discord;
  const why = detour ? words.detour(detour) : '';
  const wanted = {
    channel,
    nonce: `${task.id}${letter}`,
    ledger,
    replyTo: target.type === 'home' ? target.replyTo : undefined,
    mustReply: message.kind !== 'clip' && message.brief !== undefined,
    body: ({ people, replies }: { people: boolean; replies: boolean }) => {
      // A notice is our own words; a clip's text is the person's.
      const scene = people ? covered(quoted(message.text, MAX_TEXT), task.options) : words.noScene;
      // Beside the card, which says the rest and has the buttons.
      const brief = message.kind !== 'clip' && replies ? message.brief : undefined;
      const text = message.kind === 'clip' ? scene : (brief ?? message.text);
      const buttons = brief === undefined ? message.buttons : message.buttons.filter(isOfFacts);
      // A clip that is shown once more is nobody's news, and a report is for those who look after the chat.
      const pings = task.shows === undefined && message.kind !== 'notice-reported';
      // The card of several takes tells the facts of none.
      const facts = message.kind === 'clip' && task.take ? factsLine(message.facts, task.options) : '';
      return textBody(task, { lines: [text, facts, why], buttons, letter, pings });
    },
  };
  if (message.kind !== 'clip') return post(deps, wanted, signal);
  const { clip } = message;
  const limit = limitOf(task, target);
  let bytes = 0;
  const first = await postClip(limit);
  const isWorthAnother = first.outcome === 'impossible' && isTooLarge(first) && bytes > LEAST_UPLOAD_BYTES;
  return isWorthAnother ? postClip(LEAST_UPLOAD_BYTES) : first;

  async function postClip(maxBytes: number): Promise<DiscordPosted> {
    const file = await deps.files.clipWithin(task, maxBytes, signal, clip);
    if (!file) return { outcome: 'impossible', code: CODE.tooLarge, status: 413, reason: 'the clip is too large' };
    bytes = file.bytes;
    return deps.upload(() => post(deps, { ...wanted, file: uploadOf(task, file) }, signal), { signal });
  }
}

const isOfFacts = ({ action }: Button): boolean => action === detailsAction.id;

function limitOf({ place }: Task, { type }: Target): number {
  const here = place.uploadLimit ?? USUAL_UPLOAD_BYTES;
  return type === 'direct' ? Math.min(here, USUAL_UPLOAD_BYTES) : here;
}

const uploadOf = ({ id, options, format }: Task, { bytes, read }: OutgoingClip): Upload => ({
  name: fileName(`kinora-${id.slice(-8)}.${fileOf(format).ending}`, options),
  type: fileOf(format).type,
  bytes,
  spoiler: options.spoiler,
  read,
});

async function recorded(
  { api }: SendDeps,
  { task, message, ledger }: Sending,
  ref: MessageRef,
  signal: AbortSignal,
): Promise<Sent> {
  await hold(ledger, { kind: message.kind, own: writeRef(ref) }, () => remove(api, ref, signal));
  // It may be taken back while it is on its way.
  if (task.shows !== undefined && !(await ledger.reread())) await remove(api, ref, signal);
  return { outcome: 'shown' };
}
