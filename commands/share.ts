import { messagesFor } from '../src/messages/messages.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { showing } from './showing.ts';

/** **Share**, under a clip: shows it at another place of this platform, with whose it is. */
export const shareAction = defineAction({
  id: 'share',
  words: (locale) => messagesFor(locale).actions.share,
  style: 'plain',
  who: 'here',
  isOffered: isDelivered,
  async run({ origin, task, answer }, deps) {
    const { question: text } = messagesFor(origin.locale).actions.share;
    if (!answer?.place) return { type: 'where', text, task, action: shareAction.id };
    return showing({ ...origin, place: answer.place, source: task }, deps);
  },
});

/** **Send me a copy**: to where the person is alone with the bot. */
export const copyAction = defineAction({
  id: 'copy',
  words: (locale) => messagesFor(locale).actions.copy,
  style: 'plain',
  who: 'here',
  renews: true,
  isOffered: isDelivered,
  isInMenu: isDelivered,
  async run({ origin, task }, deps) {
    const place = await deps.privatePlace?.(origin.requester);
    if (!place) return { type: 'refused', text: messagesFor(origin.locale).actions.copy.nowhere };
    return showing({ ...origin, place, source: task }, deps);
  },
});
