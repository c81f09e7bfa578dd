// @ts-check

import { newKey } from './key.js';
import { tab } from './letters.js';
import { createOutbox, isOnItsWay } from './outbox.js';
import { WORDS } from './words.js';

/** @import { ConversationView, TaskView } from '../view.ts' */
/** @import { Letter } from './letters.js' */
/** @import { Sending } from './outbox.js' */

/**
 * What the person asks for, from its card on the page at once to the task it becomes.
 * @param {object} parts
 * @param {ReturnType<typeof import('./conversation.js').createConversation>} parts.conversation
 * @param {() => void} parts.onSend
 */
export function createRequests({ conversation, onSend }) {
  /** Tasks that the live channel told of before the answer to our own request did: perhaps the same. @type {Map<string, TaskView>} */
  const early = new Map();
  const outbox = createOutbox({
    onChange(sending) {
      conversation.sending(sending, () => urlOf(sending.letter));
      if (!isOnItsWay(sending.state)) showEarly();
    },
    onSent(sending, task, note) {
      conversation.sent(sending, task);
      showEarly(); // perhaps a newer view of the same task
      conversation.note(task.taskId, note);
    },
    onGone(sending) {
      conversation.notSent(sending);
      showEarly();
    },
  });

  function showEarly() {
    const views = [...early.values()];
    early.clear();
    views.forEach(receive);
  }

  /** @param {TaskView} view */
  const mayBeOurs = (view) => !conversation.has(view.taskId) && outbox.mayHaveMade(view);

  /** A task as the live channel tells it. @param {TaskView} view */
  function receive(view) {
    if (mayBeOurs(view)) early.set(view.taskId, view);
    else conversation.task(view);
  }

  /** @param {Letter} letter @param {string} pictureUrl */
  function send(letter, pictureUrl) {
    conversation.sending({ letter, state: 'sending' }, () => pictureUrl);
    outbox.send(letter);
    onSend();
  }

  return {
    send,
    receive,
    resume: outbox.resume,
    hurry: outbox.hurry,

    /** @param {ConversationView} page @param {number} lostAt */
    receivePage(page, lostAt) {
      const later = page.tasks.filter(mayBeOurs);
      conversation.page({ ...page, tasks: page.tasks.filter((task) => !later.includes(task)) }, lostAt);
      later.forEach(receive);
    },

    /** Another take of a task, with its picture. @param {TaskView} view @param {import('./edit.js').Answer} [answer] */
    again({ taskId, pictureUrl, size, ...old }, answer) {
      const { scene = old.scene, options } = answer ?? {};
      const of = { taskId, pictureUrl, action: answer ? 'edit' : 'again', options };
      send({ key: newKey(), tab, at: Date.now(), scene, options: {}, of, ...(size ? { size } : {}) }, pictureUrl);
    },

    /**
     * @param {Sending} sending
     * @param {string} action
     * @param {ReturnType<typeof import('./composer.js').createComposer>} composer
     */
    act({ letter, sentence }, action, composer) {
      if (action === 'resend') return outbox.retry(letter.key);
      if (action === 'discard') return outbox.give(letter.key);
      const back = composer.takeBack(letter, sentence);
      if (back || action === 'cancel') outbox.give(letter.key);
      else composer.refuse(WORDS.composerInUse);
    },
  };
}

/** The picture's address while its request is on its way. @param {Letter} letter */
const urlOf = ({ of, picture }) => of?.pictureUrl ?? (picture ? URL.createObjectURL(picture) : '');
