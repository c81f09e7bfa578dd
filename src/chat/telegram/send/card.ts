import { messagesFor } from '../../../messages/messages.ts';
import { isOver, type Task } from '../../../task/task.ts';
import { type Again, retry } from '../../../util/retry.ts';
import type { Card, Ledger, Sent } from '../../chat.ts';
import { hold } from '../../kit/hold.ts';
import { bar, shortened } from '../../kit/text.ts';
import { keyboard } from '../buttons.ts';
import { readRef, type TelegramMessageRef, targetsOf, writeRef } from '../places.ts';
import { folded, lines, MAX_TEXT, plain, sceneOf, type Text } from '../texts.ts';
import { paced, type SendDeps, sentOf, type TelegramPosted } from './post.ts';
import { whileSilent } from './sign-of-life.ts';

/** Name on record of the card's message. */
export const CARD = 'card';
/** Leaves room for the card's other lines. */
const MAX_SCENE = MAX_TEXT - 1_000;
const BAR_CELLS = 10;
/** A first card that failed is tried again so often, so soon; after a 429 when Telegram takes it, if that is soon. */
const MAX_TRIES = 3;
const AT_ONCE = { baseMs: 200, maxMs: 400 };
const MAX_WAIT_MS = 5_000;
/** Whose turn comes so soon asks nothing anew. */
const FRESH_MS = 250;
/**
 * A card whose answer was lost may stand there, and cannot be looked for: it is made again no sooner than so much later, as
 * most clips come before. Until then the person has a sign, and `/cancel`.
 */
const LOST_MS = 120_000;

interface Showing {
  task: Task;
  card: Card;
  ledger: Ledger;
}

/** Shows the status card: a quiet answer to the request that moves along, and goes away when the clip is there. */
export async function showCard(deps: SendDeps, showing: Showing, signal: AbortSignal): Promise<Sent> {
  const { task, card, ledger } = showing;
  const at = readRef(ledger.sent[CARD]);
  // A card is in the way where clips or a notice say it.
  const told = card.state === 'delivered' || (isOver(card) && Object.keys(ledger.sent).some(isFailureNotice));
  if (!at) return told ? { outcome: 'shown' } : make(deps, showing, signal);
  // It became the clip.
  if (at.message === 0 || ledger.sent.clip === ledger.sent[CARD]) return { outcome: 'shown' };
  if (told) return takeAway(deps, at, { task, card }, signal);
  // The clip comes in its stead in a moment.
  if (card.state === 'ready' || card.state === 'delivering') return { outcome: 'shown' };
  return say(deps, at, { card, text: textOf(card, task), buttons: card.buttons }, signal);
}

async function make(deps: SendDeps, { task, card, ledger }: Showing, signal: AbortSignal): Promise<Sent> {
  const { poster, clock } = deps;
  const [target] = targetsOf(task, ledger.sent);
  if (!target) throw new Error('a task without a home');
  const line = { silent: true, ...textOf(card, task), keyboard: keyboard(card.buttons, task.id) };
  // Another may have made it while this one waited for its turn.
  const isWanted = async () => {
    const sent = await ledger.reread(ledger.doubtful ? {} : { mayBeOldMs: FRESH_MS });
    return sent !== undefined && sent[CARD] === undefined;
  };
  const how = { priority: 'answer', key: `card:${task.id}`, ledger, isWanted, signal } as const;
  const posted = await whileSilent(deps, { task, target, ledger }, () =>
    retry(() => poster.post(target, line, how), { clock, backoff: AT_ONCE, signal, when: mayMakeAgain }),
  );
  if (posted.outcome === 'shut') return { outcome: 'impossible', reason: posted.reason };
  if (posted.outcome === 'unknown') return { outcome: 'unknown', reason: posted.reason, retryAfterMs: LOST_MS };
  if (posted.outcome !== 'posted') return posted;
  await hold(ledger, { kind: CARD, own: writeRef(posted.at) }, () => poster.remove(posted.at));
  return { outcome: 'shown' };
}

/** It is the first word to a person who waits for one. */
const mayMakeAgain = (posted: TelegramPosted, tries: number): Again => {
  if (tries >= MAX_TRIES || posted.outcome === 'posted' || posted.outcome === 'shut') return false;
  if (posted.outcome === 'unknown') return !posted.isLost;
  return (
    posted.retryAfterMs === undefined ||
    (posted.retryAfterMs > 0 && posted.retryAfterMs <= MAX_WAIT_MS && { afterMs: 0 })
  );
};

async function takeAway(
  deps: SendDeps,
  at: TelegramMessageRef,
  { task, card }: Pick<Showing, 'task' | 'card'>,
  signal: AbortSignal,
): Promise<Sent> {
  const said = await deps.poster.remove(at);
  if (said.outcome === 'done' || isSettled(said.failure.type)) return { outcome: 'shown' };
  if (said.failure.type !== 'too-old') return sentOf(said.failure);
  return say(deps, at, { card, text: plain(messagesFor(task.locale).telegram.cardDone), buttons: [] }, signal);
}

/** Edits the card's message. */
async function say(
  { poster }: SendDeps,
  { chat, message }: TelegramMessageRef,
  { card, text: { text, entities }, buttons }: { card: Card; text: Text; buttons: Card['buttons'] },
  signal: AbortSignal,
): Promise<Sent> {
  const more = { entities, reply_markup: keyboard(buttons, card.taskId), link_preview_options: { is_disabled: true } };
  // The last word of a card is worth waiting for.
  const how = { priority: isOver(card) ? 'answer' : 'edit', key: `card:${card.taskId}`, signal } as const;
  const said = await poster.throttled(chat, how, (api, abort) => api.editMessageText(chat, message, text, more, abort));
  if (said.outcome === 'later') return paced(said.waitMs);
  return said.outcome === 'done' || isSettled(said.failure.type) ? { outcome: 'shown' } : sentOf(said.failure);
}

const isFailureNotice = (kind: string): boolean => kind.startsWith('notice-failed-');

/** Nothing is left to do: it shows that, people took it away, or the chat is closed to the bot. */
const isSettled = (kind: string): boolean => ['same', 'message-gone', 'shut', 'moved', 'topic-closed'].includes(kind);

function textOf({ progress, status, facts, scene }: Card, { options }: Task): Text {
  return lines(
    plain(progress === undefined ? status : `${bar(progress, BAR_CELLS)} ${status}`),
    sceneOf(shortened(scene, MAX_SCENE), options),
    folded(facts, options),
  );
}
