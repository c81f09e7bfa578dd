import { messagesFor } from '../../../messages/messages.ts';
import { isOver, type Task } from '../../../task/task.ts';
import type { Card, Ledger, Sent } from '../../chat.ts';
import { keyboard } from '../buttons.ts';
import { type MessageRef, readRef, targetsOf, writeRef } from '../places.ts';
import { lines, MAX_TEXT, plain, quoted, shortened, type Text } from '../texts.ts';
import { type Poster, paced, sentOf } from './post.ts';

/** Name on record of the card's message. */
export const CARD = 'card';
/** Leaves room for what else the card says. */
const MAX_SCENE = MAX_TEXT - 1_000;
const BAR_CELLS = 10;

/** The status card: a quiet answer to the request that moves along, and goes away when the clip is there. */
export interface Cards {
  show(task: Task, card: Card, ledger: Ledger, signal?: AbortSignal): Promise<Sent>;
}

export function createCards(poster: Poster): Cards {
  async function make(task: Task, card: Card, ledger: Ledger, signal?: AbortSignal): Promise<Sent> {
    const [target] = targetsOf(task, ledger.sent);
    if (!target) throw new Error('a task without a home');
    const how = { priority: 'answer', key: `card:${task.id}`, ledger, ...(signal ? { signal } : {}) } as const;
    const posted = await poster.post(target, { silent: true, ...textOf(card), ...buttonsOf(task, card) }, how);
    if (posted.outcome === 'shut') return { outcome: 'impossible', reason: posted.reason };
    if (posted.outcome !== 'posted') return posted;
    const own = writeRef(posted.at);
    if ((await ledger.record(CARD, own)) !== own) await poster.remove(posted.at);
    return { outcome: 'shown' };
  }

  async function edit(at: MessageRef, task: Task, card: Card, signal?: AbortSignal): Promise<Sent> {
    const { text, entities } = textOf(card);
    const { keyboard: markup } = buttonsOf(task, card);
    const said = await poster.throttled(
      at.chat,
      // The last word of a card is worth waiting for.
      { priority: isOver(task) ? 'answer' : 'edit', key: `card:${task.id}`, ...(signal ? { signal } : {}) },
      (api, abort) =>
        api.editMessageText(
          at.chat,
          at.message,
          text,
          {
            ...(entities.length > 0 ? { entities } : {}),
            ...(markup ? { reply_markup: markup } : {}),
            link_preview_options: { is_disabled: true },
          },
          abort,
        ),
    );
    if ('waitMs' in said) return paced(said.waitMs);
    return said.ok || isSettled(said.trouble.kind) ? { outcome: 'shown' } : sentOf(said.trouble);
  }

  async function takeAway(at: MessageRef, task: Task): Promise<Sent> {
    const said = await poster.remove(at);
    if (said.ok || said.trouble.kind === 'message-gone' || isSettled(said.trouble.kind)) return { outcome: 'shown' };
    if (said.trouble.kind !== 'too-old') return sentOf(said.trouble);
    const done = messagesFor(task.locale).telegram.cardDone;
    const edited = await poster.throttled(at.chat, { priority: 'answer', key: `card:${task.id}` }, (api, abort) =>
      api.editMessageText(at.chat, at.message, done, {}, abort),
    );
    if ('waitMs' in edited) return paced(edited.waitMs);
    return edited.ok || isSettled(edited.trouble.kind) ? { outcome: 'shown' } : sentOf(edited.trouble);
  }

  return {
    async show(task, card, ledger, signal) {
      const at = readRef(ledger.sent[CARD]);
      // Where something else says it, the card is in the way.
      const told = task.state === 'delivered' || (isOver(task) && Object.keys(ledger.sent).some(isFailureNotice));
      if (!at) return told ? { outcome: 'shown' } : make(task, card, ledger, signal);
      if (at.message === 0) return { outcome: 'shown' };
      return told ? takeAway(at, task) : edit(at, task, card, signal);
    },
  };
}

const isFailureNotice = (kind: string): boolean => kind.startsWith('notice-failed-');

/** Nothing is left to do: it shows that, people took it away, or the chat is closed to the bot. */
const isSettled = (kind: string): boolean => ['same', 'message-gone', 'shut', 'moved', 'topic-closed'].includes(kind);

function textOf(card: Card): Text {
  return lines(
    plain(card.progress === undefined ? card.status : `${bar(card.progress)} ${card.status}`),
    plain(card.picture ?? ''),
    quoted(shortened(card.scene, MAX_SCENE)),
  );
}

function bar(progress: number): string {
  const full = Math.round(progress * BAR_CELLS);
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

function buttonsOf(task: Task, { buttons }: Card) {
  const markup = keyboard(buttons, task.id, messagesFor(task.locale));
  return markup ? { keyboard: markup } : {};
}
