import type { ConversationView, Press, TaskView } from '../view.ts';
import type { Conversation } from './conversation.ts';
import type { Draft } from './draft.ts';
import { newKey } from './key.ts';
import { type Letter, tab } from './letters.ts';
import { createOutbox, isOnItsWay, type Sending } from './outbox.ts';
import { WORDS } from './words.ts';

/** What the person asks for, from its card on the page at once to the task it becomes. */
export function createRequests(hooks: {
  conversation: Conversation;
  onSend: () => void;
  onSent: () => void;
  /** One of several was refused: resolves once it is back where it was asked for; undefined where it stays. */
  takesBack: (sending: Sending) => Promise<void> | undefined;
}) {
  const { conversation, onSend, onSent, takesBack } = hooks;
  /** Tasks that the live channel told of before the answer to our own request did: perhaps the same. */
  const early = new Map<string, TaskView>();
  const outbox = createOutbox({
    onChange(sending) {
      const { letter, state } = sending;
      const back = state === 'refused' && letter.isOneOfMany ? takesBack(sending) : undefined;
      if (back) return void back.then(() => outbox.give(letter.key));
      conversation.sending(sending, () => urlOf(letter));
      if (!isOnItsWay(sending.state)) showEarly();
    },
    onSent(sending, task, note) {
      conversation.sent(sending, task);
      showEarly(); // perhaps a newer view of the same task
      conversation.note(task.taskId, note);
      onSent();
    },
    onGone(sending) {
      conversation.notSent(sending);
      showEarly();
    },
  });

  function showEarly(): void {
    const views = [...early.values()];
    early.clear();
    views.forEach(receive);
  }

  const mayBeOurs = (view: TaskView): boolean => !conversation.has(view.taskId) && outbox.mayHaveMade(view);

  /** A task as the live channel tells it. */
  function receive(view: TaskView): void {
    if (mayBeOurs(view)) early.set(view.taskId, view);
    else conversation.task(view);
  }

  function send(letter: Letter, pictureUrl: string, kept?: Promise<unknown>): void {
    conversation.sending({ letter, state: 'sending' }, () => pictureUrl);
    outbox.send(letter, kept);
    onSend();
  }

  return {
    send,
    receive,
    resume: outbox.resume,
    hurry: outbox.hurry,

    receivePage(page: ConversationView, lostAt: number): void {
      const later = page.tasks.filter(mayBeOurs);
      conversation.page({ ...page, tasks: page.tasks.filter((task) => !later.includes(task)) }, lostAt);
      later.forEach(receive);
    },

    /** Another take of a task, with its picture, or what goes on from it. */
    again(
      { taskId, pictureUrl, size, ...old }: TaskView,
      answer?: Omit<Press, 'key'>,
      action = answer ? 'edit' : 'again',
    ): void {
      const { scene = old.scene, options } = answer ?? {};
      const of = { taskId, pictureUrl, action, options };
      send({ key: newKey(), tab, at: Date.now(), scene, options: {}, of, size }, pictureUrl);
    },

    act({ letter, sentence }: Sending, action: string, draft: Draft) {
      if (action === 'resend') return outbox.retry(letter.key);
      if (action === 'discard') return outbox.give(letter.key);
      const back = draft.takeBack({ letter, sentence });
      if (back) back.then(() => outbox.give(letter.key));
      else if (action === 'cancel') outbox.give(letter.key);
      else draft.refuse(WORDS.composerInUse);
    },
  };
}

/** The picture's address while its request is on its way. */
const urlOf = ({ of, picture }: Letter): string => of?.pictureUrl ?? (picture ? URL.createObjectURL(picture) : '');
