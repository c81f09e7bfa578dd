import { messagesFor } from '../src/messages/messages.ts';
import { linkTo } from '../src/task/link.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import type { Reply } from './reply.ts';
import type { CommandDeps, Press } from './table.ts';

/** The clip itself, where the person made it: only they give it away, wherever it is shown and whoever showed it there. */
async function ownClip({ origin, task }: Press, { store }: Pick<CommandDeps, 'store'>): Promise<Task | Reply> {
  const words = messagesFor(origin.locale).request;
  const original = task.shows === undefined ? task : await store.tasks.get(task.shows);
  if (!original) return { type: 'refused', text: words.gone };
  return original.requester.id === origin.requester.id ? original : { type: 'refused', text: words.notYours };
}

/** **Link**, under a clip: a page of its own that whoever has the address can see, until it is taken back. */
export const linkAction = defineAction({
  id: 'link',
  words: (locale) => messagesFor(locale).actions.link,
  style: 'plain',
  who: 'author',
  needsPublicUrl: true,
  isOffered: isDelivered,
  isInMenu: isDelivered,
  async run(press, deps) {
    const { origin, task } = press;
    const { link: words } = messagesFor(origin.locale).actions;
    if (deps.publicUrl === undefined) return { type: 'refused', text: words.nowhere };
    const own = await ownClip(press, deps);
    if ('type' in own) return own;
    const link = linkTo(await deps.store.links.open(own.id, origin.requester.id), deps.publicUrl);
    return { type: 'menu', text: words.text(link), link, task, actions: [unlinkAction.id] };
  },
});

/** **Take the link back**: its page is not there any more. */
export const unlinkAction = defineAction({
  id: 'unlink',
  words: (locale) => messagesFor(locale).actions.unlink,
  style: 'danger',
  who: 'author',
  needsPublicUrl: true,
  // It stands beside the link.
  isOffered: () => false,
  async run(press, deps) {
    const own = await ownClip(press, deps);
    if ('type' in own) return own;
    await deps.store.links.revoke(own.id);
    return { type: 'done', text: messagesFor(press.origin.locale).actions.unlink.done };
  },
});
