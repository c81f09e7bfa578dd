import { messagesFor } from '../../../messages/messages.ts';
import type { Messenger } from '../../chat.ts';
import { keyboard } from '../buttons.ts';
import { PLATFORM, targetsOf, writeRef } from '../places.ts';
import { plain } from '../texts.ts';
import type { Cards } from './card.ts';
import type { Deliver } from './delivery.ts';
import type { Poster } from './post.ts';

/** One card alone may move so often without crowding a private chat; the budget slows several down. */
const EDIT_MS = 4_000;
/** Nobody can be told now, and perhaps later. */
const SHUT_MS = 60 * 60_000;

/** Telegram as the worker sees it. */
export function createMessenger(deps: {
  poster: Poster;
  cards: Cards;
  deliver: Deliver;
  openPicture: NonNullable<Messenger['openPicture']>;
}): Messenger {
  const { poster, cards, deliver, openPicture } = deps;
  return {
    platform: PLATFORM,
    editMs: EDIT_MS,
    openPicture,
    showCard: cards.show,
    async send(task, message, ledger, signal) {
      if (message.kind === 'clip') return deliver(task, message, ledger, signal);
      const markup = keyboard(message.buttons, task.id, messagesFor(task.locale));
      const line = { ...plain(message.text), keyboard: markup };
      const reasons: string[] = [];
      for (const target of targetsOf(task, ledger.sent)) {
        const key = `${message.kind}:${task.id}`;
        const posted = await poster.post(target, line, { priority: 'clip', key, ledger, signal });
        if (posted.outcome === 'posted') {
          await ledger.record(message.kind, writeRef(posted.at));
          return { outcome: 'shown' };
        }
        if (posted.outcome !== 'shut') return posted;
        reasons.push(posted.reason);
      }
      return { outcome: 'retry', reason: reasons.join('; '), retryAfterMs: SHUT_MS };
    },
  };
}
