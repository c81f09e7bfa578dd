import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { defineCommand } from './command.ts';
import { askToConfirm } from './confirm.ts';
import { isOneself } from './may-see.ts';
import type { RequestOrigin } from './table.ts';

/** `/forget`: all that is kept of a person goes, once they said that they mean it. The worker does it. */
export const forgetCommand = defineCommand({
  name: 'forget',
  words: (locale) => messagesFor(locale).commands.forget,
  options: z.object({}),
  async run({ requester, locale }, _options, { store, isOnePerson = false, staysShown }) {
    const words = messagesFor(locale).forget;
    if (!isOneself(requester)) return { type: 'refused', text: words.asYourself };
    if (!(await hasAnything(requester, store))) return { type: 'refused', text: words.nothing };
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

/** What else there may be of a person, open questions, goes by itself within a day. */
async function hasAnything({ id }: RequestOrigin['requester'], { tasks }: Pick<Store, 'tasks'>): Promise<boolean> {
  const [own, starred] = await Promise.all([tasks.ofPerson(id, { limit: 1 }), tasks.starredBy(id, { limit: 1 })]);
  return own.length + starred.length > 0;
}
