import type { Network } from '../../../net/network.ts';
import type { Messenger } from '../../chat.ts';
import { keyboard } from '../buttons.ts';
import { writeRef } from '../places.ts';
import type { TelegramConfig } from '../settings.ts';
import { plain } from '../texts.ts';
import { showCard } from './card.ts';
import { deliver } from './delivery.ts';
import { openPicture } from './pictures.ts';
import { postToBest, type SendDeps } from './post.ts';
import { endSign } from './sign-of-life.ts';
import { takeAway } from './take-away.ts';

/**
 * A card moves after 4 s, 24 s, 124 s and so on, and 4 s later where its state is another: a clip of ten minutes costs six
 * sends and edits.
 */
export const EDIT_PACE = { editMs: 4_000, editsSlower: 5 } as const;

/** Telegram as the worker sees it. */
export function createMessenger(
  deps: SendDeps & { config: Pick<TelegramConfig, 'apiRoot' | 'token'>; network: Network },
): Messenger {
  return {
    platform: deps.platform,
    editMs: EDIT_PACE.editMs,
    editsSlower: EDIT_PACE.editsSlower,
    openPicture: (ref, signal) => openPicture(deps, ref, signal),
    showCard: (task, card, ledger, signal) => showCard(deps, { task, card, ledger }, signal),
    async takeAway(sent, signal) {
      const taken = await takeAway(deps, sent, signal);
      return taken.outcome === 'gone' || taken.outcome === 'too-old' ? { outcome: 'shown' } : taken;
    },
    async send(task, message, ledger, signal) {
      if (message.kind === 'clip') {
        const sent = await deliver(deps, { task, message, ledger }, signal);
        // Not awaited: the clip is to be on record first.
        if (sent.outcome === 'shown') void endSign(deps, task, ledger).catch(() => {});
        return sent;
      }
      const line = { ...plain(message.text), keyboard: keyboard(message.buttons, task.id) };
      const how = { priority: 'clip', key: `${message.kind}:${task.id}`, ledger, signal } as const;
      const posted = await postToBest(deps, task, { line: () => line, ...how });
      if (posted.outcome !== 'posted') return posted;
      await ledger.record(message.kind, writeRef(posted.at));
      return { outcome: 'shown' };
    },
  };
}
