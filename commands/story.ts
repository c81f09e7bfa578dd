import { messagesFor } from '../src/messages/messages.ts';
import { storyOf } from '../src/task/lineage.ts';
import { defineAction } from './action.ts';
import { firstPage } from './gallery.ts';
import { isDelivered } from './more.ts';

/** **Story**, under a clip: all takes of its picture, the first of them first. */
export const storyAction = defineAction({
  id: 'story',
  words: (locale) => messagesFor(locale).actions.story,
  style: 'plain',
  who: 'here',
  isOffered: ({ state, story, take }) => state === 'delivered' && (story !== undefined || take !== undefined),
  isInMenu: isDelivered,
  async run({ origin, task }, { store }) {
    const { text } = messagesFor(origin.locale).actions.story;
    const { platform, chat } = origin.place;
    const of = { story: storyOf(task), at: { platform, chat } };
    const page = await firstPage({ of, requester: origin.requester }, store);
    if (page.clips.length === 0) return { type: 'refused', text: messagesFor(origin.locale).clips.none };
    return { type: 'clips', text, page };
  },
});
