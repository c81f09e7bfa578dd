import { messagesFor } from '../src/messages/messages.ts';
import type { SharedBlobs } from '../src/store/blobs.ts';
import { LAST_UPLOAD_BLOB, UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { takeOf } from '../src/task/lineage.ts';
import { optionsSchema } from '../src/task/options.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { type AnimateRequest, animate, type GivenPicture } from './animate.ts';
import { refuseOptions } from './command.ts';
import { denied } from './edit.ts';
import { mayHelp } from './ended.ts';
import { keptOptions, seedProblem } from './model-offers.ts';

/** Of two pictures the last is the one that could not be used. */
const isLastBad = ({ failure }: Task): boolean =>
  failure !== undefined && 'which' in failure && failure.which === 'last';

/** The one of two pictures that stays; undefined: there was one alone. */
const otherOf = (task: Task): (SharedBlobs & { names: [string] }) | undefined =>
  task.last && { of: task.id, names: [isLastBad(task) ? UPLOAD_BLOB : LAST_UPLOAD_BLOB] };

/** The pictures of a request once this one is in place of that which could not be used; with the other it is of its line. */
function withPicture(task: Task, picture: GivenPicture): Pick<AnimateRequest, 'picture' | 'last' | 'from' | 'story'> {
  const other = otherOf(task);
  if (!other) return { picture };
  return { ...takeOf(task), ...(isLastBad(task) ? { picture: other, last: picture } : { picture, last: other }) };
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
      const given = optionsSchema.partial().safeParse(answer.options ?? {});
      if (!given.success) return refuseOptions(given.error, messagesFor(origin.locale).commands.animate.options);
      const kept = keptOptions(deps.provider, options, given.data.model);
      // Nobody named the recorded one now.
      const isUnheeded = seedProblem(deps.provider, kept, origin.locale) !== undefined;
      // What was to be kept of a picture says nothing of another one.
      const focus = isLastBad(task) ? kept.focus : undefined;
      const wanted = { ...kept, ...(isUnheeded && { seed: undefined }), focus, ...given.data };
      const scene = answer.scene ?? value;
      return animate({ ...origin, scene, options: wanted, ...withPicture(task, answer.picture) }, deps);
    }
    const refused = await denied(origin, task, deps);
    if (refused) return refused;
    const other = otherOf(task);
    if (other && !(await deps.store.blobs.stat(other.of, other.names[0])))
      return { type: 'refused', text: messagesFor(origin.locale).request.bothGone };
    const { title, question: text } = messagesFor(origin.locale).actions.picture;
    return { type: 'question', wants: 'picture', title, text, value, options, task, action: pictureAction.id };
  },
});
