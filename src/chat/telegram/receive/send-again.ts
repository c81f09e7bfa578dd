import { defineAction } from '../../../../commands/action.ts';
import type { Action } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import type { Ledger } from '../../chat.ts';
import { buttonsOf } from '../../kit/card-view.ts';
import type { TelegramTarget } from '../places.ts';
import { type PlainSend, SEND_AGAIN } from '../send/plain-send.ts';
import { plain } from '../texts.ts';
import type { Answers } from './answers.ts';

/** The action for one press: which send it asks for, and where the person looks. */
export type SendAgain = (press: { n: number; target: TelegramTarget; renew: () => Promise<void> }) => Action;

/**
 * **Send again**: of a clip for which Telegram gave no number, so that nobody knows whether it came. Telegram's own
 * action, beside the table's; who may press it is the same rule.
 */
export function createSendAgain(deps: {
  store: Store;
  plainSend: PlainSend;
  answers: Answers;
  actions: readonly Action[];
  /** Ends what is under way at a stop. */
  stopping: AbortSignal;
}): SendAgain {
  const { store, plainSend, answers, actions, stopping } = deps;

  const unownedLedger = ({ id, sent }: Task): Ledger => ({
    sent,
    doubtful: false,
    record: async (kind, messageId) => (await store.tasks.recordSent(id, kind, messageId)) ?? messageId,
  });

  return ({ n, target, renew }) =>
    defineAction({
      id: SEND_AGAIN,
      words: (locale) => ({ label: messagesFor(locale).telegram.sendAgain }),
      style: 'plain',
      who: 'own',
      // It stands under the line that tells of the doubt, never under a card.
      isOffered: () => false,
      async run({ origin: { locale }, task }) {
        const words = messagesFor(locale).telegram;
        if (!plainSend.began(task.sent)) return { type: 'refused', text: words.oldButton };
        const clip = {
          text: messagesFor(task.locale).clip(task.scene),
          buttons: buttonsOf({ ...task, state: 'delivered' }, actions),
        };
        await answers.later(async () => {
          const sent = await plainSend.again(task, clip, unownedLedger(task), n, stopping);
          const isMade = sent === 'made already';
          if (!isMade && sent.outcome === 'shown') return;
          await answers.post(target, plain(isMade ? words.sentAlready : words.notSent));
          // Where nobody knows again, the next press is another send.
          if (!isMade) await renew();
        });
        return { type: 'done', text: words.sendingAgain };
      },
    });
}
