import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { shortened } from '../../kit/text.ts';
import { choiceKeyboard } from '../buttons.ts';
import { copied, lines, MAX_TEXT, plain } from '../texts.ts';
import { ask } from './ask.ts';
import { showConfirm } from './confirm.ts';
import { delist } from './delist.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import type { Question } from './questions.ts';
import { showClips } from './show-clips.ts';
import { showFile } from './show-file.ts';
import { showChanged, showMenu } from './show-menu.ts';
import { showSettings } from './show-settings.ts';
import { nameOf, pictureCommandOf } from './spoken.ts';

/** Of a name, where a person is mentioned by it. */
const MAX_NAME = 64;

/** Of a scene; leaves room for what is said about it. */
const MAX_VALUE = MAX_TEXT - 500;

/** Shows each kind of reply, the same for commands and actions; resolves when what has to be on record is. */
export async function showReply(reply: Reply, heard: Heard, deps: ReceiveDeps): Promise<void> {
  const words = messagesFor(heard.origin.locale).telegram;
  switch (reply.type) {
    case 'taken':
      if (reply.created) deps.wake(reply.task);
      if (reply.task.place.chat !== heard.origin.place.chat) return showTakenElsewhere(reply.task, heard, deps);
      if (!reply.created) return heard.acknowledge(words.takenAlready);
      if (reply.note === undefined) return heard.acknowledge(words.taken);
      // The card of a message does not say what is left.
      return heard.under ? heard.acknowledge(`${words.taken} ${reply.note}`) : heard.say(reply.note);
    case 'refused':
    case 'details':
      return heard.say(reply.text, { isRefusal: true });
    case 'done':
      deps.wake();
      return heard.say(reply.text);
    case 'menu':
      return showMenu(reply, heard, deps);
    case 'file':
      return showFile(reply, heard, deps);
    case 'confirm':
      return showConfirm(reply, heard, deps);
    case 'changed':
      return showChanged(reply, heard, deps);
    case 'where':
      // Its button is not drawn here: one is taken to another chat by inline mode.
      return heard.say(words.oldButton, { isRefusal: true });
    case 'clips':
      return showClips(reply, heard, deps);
    case 'settings':
      return showSettings(reply, heard, deps);
    case 'deleted':
      // Wherever it was shown, it is the worker's to take away.
      deps.wake();
      return deps.answers.later(() => delist(reply, heard, deps));
    case 'question':
      return reply.wants === 'picture' ? askPicture(reply, heard, deps) : askScene(reply, heard, deps);
    case 'choice':
      await heard.acknowledge('');
      return deps.answers.say(heard.target, {
        ...plain(reply.text),
        keyboard: choiceKeyboard(reply.action, reply.tasks, deps.store.now()),
      });
  }
}

/** It comes to the person's private chat, which only they can open. */
async function showTakenElsewhere({ place: { chat } }: Task, { origin, acknowledge, lead }: Heard, deps: ReceiveDeps) {
  const words = messagesFor(origin.locale).telegram;
  await deps.answers.later(async () => {
    // It costs nothing, and is refused where the person never began.
    const said = await deps.tg.call((api, signal) => api.sendChatAction(chat, 'upload_video', {}, signal));
    const isShut = said.outcome === 'failed' && said.failure.type === 'shut';
    return isShut && lead ? lead(words.copyNeedsStart) : acknowledge(words.copyComes);
  });
}

async function askScene(
  { action, task, text, value, options }: Extract<Reply, { type: 'question' }>,
  { origin, target, acknowledge }: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { requestKey, requester, place, locale } = origin;
  if (await deps.store.tasks.byRequestKey(requestKey)) return acknowledge(messagesFor(locale).telegram.takenAlready);
  const { id: person, name } = requester;
  // Its buttons begin with the clip's own.
  const given: Question['given'] = options.duration === task.options.duration ? {} : { duration: options.duration };
  const question = { type: 'action', action, taskId: task.id, requestKey, person, place, given } as const;
  await ask(question, { target, locale, text, value, name: shortened(name, MAX_NAME) }, deps);
  return acknowledge('');
}

/** In a private chat the next picture is the answer. In a group a bot may not see it: there it is told how to ask anew. */
async function askPicture(
  { action, task, text, value }: Extract<Reply, { type: 'question' }>,
  { origin, target, acknowledge }: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { requestKey, requester, place, locale } = origin;
  const words = messagesFor(locale).telegram;
  if (place.chat.startsWith('-')) {
    await acknowledge('');
    const command = pictureCommandOf(deps.spoken);
    const name = command && nameOf(command, locale);
    const how = shortened(name === undefined ? value : `/${name} ${value}`, MAX_VALUE);
    return deps.answers.say(target, lines(plain(words.askPictureInGroup), copied(how)));
  }
  const { id: person } = requester;
  const question = { type: 'action', action, taskId: task.id, requestKey, person, place, given: {} } as const;
  await ask(question, { target, locale, text, value, wants: 'picture' }, deps);
  return acknowledge('');
}
