import { messagesFor } from '../src/messages/messages.ts';
import { optionsSchema } from '../src/task/options.ts';
import { defineAction } from './action.ts';
import { animate } from './animate.ts';
import { refuseOptions } from './command.ts';
import { denied } from './edit.ts';
import { mayHelp } from './ended.ts';

/** **Another picture**: the same words and options with a picture that the person is asked for. */
export const pictureAction = defineAction({
  id: 'picture',
  words: (locale) => messagesFor(locale).actions.picture,
  style: 'primary',
  who: 'here',
  renews: true,
  isOffered: (task) => mayHelp('picture', task),
  async run({ origin, task, answer }, deps) {
    const { scene: value, options } = task;
    if (answer?.picture) {
      const given = optionsSchema.partial().safeParse({ ...options, ...answer.options });
      if (!given.success) return refuseOptions(given.error, messagesFor(origin.locale).commands.animate.options);
      return animate({ ...origin, scene: answer.scene ?? value, options: given.data, picture: answer.picture }, deps);
    }
    const refused = await denied(origin, task, deps);
    if (refused) return refused;
    const { title, question: text } = messagesFor(origin.locale).actions.picture;
    return { type: 'question', wants: 'picture', title, text, value, options, task, action: pictureAction.id };
  },
});
