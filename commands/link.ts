import { messagesFor } from '../src/messages/messages.ts';
import { originalOf } from '../src/task/lineage.ts';
import { linkTo } from '../src/task/link.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';

/** **Link**, under a clip: a page of its own that whoever has the address can see, until it is taken back. */
export const linkAction = defineAction({
  id: 'link',
  words: (locale) => messagesFor(locale).actions.link,
  style: 'plain',
  who: 'own',
  needsPublicUrl: true,
  isOffered: isDelivered,
  isInMenu: isDelivered,
  async run({ origin: { requester, locale }, task }, { store, publicUrl }) {
    const words = messagesFor(locale);
    if (publicUrl === undefined) return { type: 'refused', text: words.actions.link.nowhere };
    const token = await store.links.open(originalOf(task), requester.id);
    const link = linkTo(token, publicUrl);
    return { type: 'menu', text: words.actions.link.text(link), link, task, actions: [unlinkAction.id] };
  },
});

/** **Take the link back**: its page is not there any more. */
export const unlinkAction = defineAction({
  id: 'unlink',
  words: (locale) => messagesFor(locale).actions.unlink,
  style: 'danger',
  who: 'own',
  needsPublicUrl: true,
  // It stands beside the link.
  isOffered: () => false,
  async run({ origin: { locale }, task }, { store }) {
    await store.links.revoke(originalOf(task));
    return { type: 'done', text: messagesFor(locale).actions.unlink.done };
  },
});
