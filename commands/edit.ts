import { messagesFor } from '../src/messages/messages.ts';
import { optionsSchema } from '../src/task/options.ts';
import { isOver } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { again } from './again.ts';
import { refuseOptions } from './command.ts';

/** **Edit scene**: asks for other words, then makes another take with them. */
export const editAction = defineAction({
  id: 'edit',
  words: (locale) => messagesFor(locale).actions.edit,
  style: 'plain',
  who: 'here',
  renews: true,
  isOffered: isOver,
  async run({ origin, task, answer }, deps) {
    if (answer) {
      const options = optionsSchema.partial().safeParse(answer.options ?? {});
      if (!options.success) return refuseOptions(options.error, messagesFor(origin.locale).commands.animate.options);
      return again({ ...origin, source: task, scene: answer.scene, options: options.data }, deps);
    }
    // No scene is written in vain.
    const cost = deps.provider.credits?.(task.options.duration) ?? 0;
    const { name: provider } = deps.provider;
    const refused = await deps.admission.denialReason({ provider, cost, ...origin });
    if (refused !== undefined) return { type: 'refused', text: refused };
    const { title, question } = messagesFor(origin.locale).actions.edit;
    return { type: 'question', title, text: question, value: task.scene, task, action: editAction.id };
  },
});
