import { messagesFor } from '../src/messages/messages.ts';
import { creditsOf } from '../src/providers/models.ts';
import { optionsSchema } from '../src/task/options.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { again, isAnothers } from './again.ts';
import { refuseOptions } from './command.ts';
import { mayHelp } from './ended.ts';
import { keptOptions } from './model-offers.ts';
import type { Reply } from './reply.ts';
import type { CommandDeps, Press, RequestOrigin } from './table.ts';
import { takesIn } from './takes.ts';

/** Why no other take may be asked for: said before anything is written in vain. */
export async function denied(
  origin: RequestOrigin,
  { options }: Task,
  { provider, admission }: CommandDeps,
): Promise<Reply | undefined> {
  const cost = creditsOf(provider, keptOptions(provider, options));
  const text = await admission.denialReason({ provider: provider.name, cost, ...origin });
  return text === undefined ? undefined : { type: 'refused', text };
}

async function edit({ origin, task, answer }: Press, deps: CommandDeps): Promise<Reply> {
  const { animate } = messagesFor(origin.locale).commands;
  if (answer) {
    const options = optionsSchema.partial().safeParse(answer.options ?? {});
    if (!options.success) return refuseOptions(options.error, animate.options);
    const reply = await again({ ...origin, source: task, scene: answer.scene, options: options.data }, deps);
    if (reply.type !== 'taken' || takesIn(answer.options) <= 1) return reply;
    const { onlyOne } = messagesFor(origin.locale).takes;
    return { ...reply, note: reply.note === undefined ? onlyOne : `${onlyOne} ${reply.note}` };
  }
  if (await isAnothers(task, origin.requester, deps.store))
    return { type: 'refused', text: messagesFor(origin.locale).request.notYours };
  const refused = await denied(origin, task, deps);
  if (refused) return refused;
  const { title, question: text } = messagesFor(origin.locale).actions.edit;
  const { scene: value, options } = task;
  return { type: 'question', wants: 'scene', title, text, value, options, task, action: editAction.id };
}

/** **Edit scene**: asks for other words, and options where a form can, then makes another take with them. */
export const editAction = defineAction({
  id: 'edit',
  words: (locale) => messagesFor(locale).actions.edit,
  style: 'plain',
  who: 'here',
  renews: true,
  isOffered: (task) => mayHelp('scene', task),
  run: edit,
});

/** **Shorter scene**: the same, where the words were too much for the provider. */
export const shortenAction = defineAction({
  id: 'shorten',
  words: (locale) => messagesFor(locale).actions.shorten,
  style: 'primary',
  who: 'here',
  renews: true,
  isOffered: (task) => mayHelp('shorter-scene', task),
  run: edit,
});
