import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import { defineCommand } from './command.ts';
import { askToConfirm } from './confirm.ts';
import { isOneself } from './may-see.ts';

/** `/forget`: all that is kept of a person goes, once they said that they mean it. The worker does it. */
export const forgetCommand = defineCommand({
  name: 'forget',
  words: (locale) => messagesFor(locale).commands.forget,
  options: z.object({}),
  async run({ requester, locale }, _options, { store, isOnePerson = false, staysShown }) {
    const words = messagesFor(locale).forget;
    if (!isOneself(requester)) return { type: 'refused', text: words.asYourself };
    const text = words.question({ isOnePerson, stays: staysShown?.(locale) });
    return askToConfirm({ command: 'forget', person: requester.id, text, label: words.label }, store);
  },
  async confirmed({ requester, place, locale }, { store, isOnePerson, privatePlace }) {
    // What is set where somebody is alone with the bot is theirs.
    const alone = isOnePerson ? place : await privatePlace?.(requester).catch(() => undefined);
    if (alone) await store.chatSettings.remove(alone);
    await store.forgetting.ask({ person: requester.id, askedAt: store.now() });
    return { type: 'done', text: messagesFor(locale).forget.done };
  },
});
