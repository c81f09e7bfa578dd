import { messagesFor } from '../src/messages/messages.ts';
import { defineAction } from './action.ts';
import { again } from './again.ts';
import { mayHelp } from './ended.ts';

/** **Use crop**, where a picture was refused for its shape alone: the same request, and the picture is cut. */
export const cropAction = defineAction({
  id: 'crop',
  words: (locale) => messagesFor(locale).actions.crop,
  style: 'primary',
  who: 'here',
  renews: true,
  isOffered: (task) => mayHelp('crop', task),
  run: ({ origin, task }, deps) =>
    again({ ...origin, source: task, options: { fit: 'crop', seed: task.options.seed } }, deps),
});
