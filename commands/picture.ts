import { messagesFor } from '../src/messages/messages.ts';
import { LAST_UPLOAD_BLOB, UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { optionsSchema } from '../src/task/options.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { type AnimateRequest, animate, type GivenPicture } from './animate.ts';
import { refuseOptions } from './command.ts';
import { denied } from './edit.ts';
import { mayHelp } from './ended.ts';

/** The pictures of a request once this one is in place of that which could not be used; the other stays. */
function withPicture({ id, last, failure }: Task, picture: GivenPicture): Pick<AnimateRequest, 'picture' | 'last'> {
  if (!last) return { picture };
  const isLast = failure !== undefined && 'which' in failure && failure.which === 'last';
  return isLast
    ? { picture: { of: id, names: [UPLOAD_BLOB] }, last: picture }
    : { picture, last: { of: id, names: [LAST_UPLOAD_BLOB] } };
}

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
      const scene = answer.scene ?? value;
      return animate({ ...origin, scene, options: given.data, ...withPicture(task, answer.picture) }, deps);
    }
    const refused = await denied(origin, task, deps);
    if (refused) return refused;
    const { title, question: text } = messagesFor(origin.locale).actions.picture;
    return { type: 'question', wants: 'picture', title, text, value, options, task, action: pictureAction.id };
  },
});
