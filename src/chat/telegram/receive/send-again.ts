import { defineAction } from '../../../../commands/action.ts';
import type { Action } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger } from '../../chat.ts';
import { buttonsOf, cardOf } from '../../kit/card-view.ts';
import type { TelegramTarget } from '../places.ts';
import { SEND_AGAIN, sendAgain, wasSentPlainly } from '../send/plain-send.ts';
import { plain } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';

/**
 * **Send again**, as one press: of a clip for which Telegram gave no number, so that it may have come or not.
 * Telegram's own action, beside the table's; who may press it is the same rule.
 */
export const sendAgainAction = (
  { n, target, renew }: { n: number; target: TelegramTarget; renew: () => Promise<void> },
  deps: ReceiveDeps,
): Action =>
  defineAction({
    id: SEND_AGAIN,
    words: (locale) => ({ label: messagesFor(locale).telegram.sendAgain }),
    style: 'plain',
    who: 'own',
    // It stands under the line that tells of the doubt, never under a card.
    isOffered: () => false,
    async run({ origin: { locale }, task }) {
      const words = messagesFor(locale).telegram;
      if (!wasSentPlainly(task.sent)) return { type: 'refused', text: words.oldButton };
      const clip = {
        text: messagesFor(task.locale).clip(task.scene),
        buttons: buttonsOf({ ...task, state: 'delivered' }, deps.actions),
        facts: cardOf(task, deps.store.now(), deps).facts,
      };
      await deps.answers.later(async () => {
        const sent = await sendAgain(deps, { task, message: clip, ledger: ledgerOf(task, deps.store), n }, deps.ending);
        const isMade = sent === 'made already';
        if (!isMade && sent.outcome === 'shown') return;
        await deps.answers.post(target, plain(isMade ? words.sentAlready : words.notSent));
        // Where the outcome is unknown again, the next press is another send.
        if (!isMade) await renew();
      });
      return { type: 'done', text: words.sendingAgain };
    },
  });

/** The ledger of a task that this process holds no lease of. */
const ledgerOf = ({ id, sent }: Task, { tasks }: Store): Ledger => ({
  sent,
  doubtful: false,
  reread: async () => (await tasks.get(id))?.sent,
  record: async (kind, messageId) => (await tasks.recordSent(id, kind, messageId)) ?? messageId,
});
