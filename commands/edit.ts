import { messagesFor } from '../src/messages/messages.ts';
import { creditsOf } from '../src/providers/models.ts';
import { optionsSchema } from '../src/task/options.ts';
import type { Clip, Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { again, isAnothers } from './again.ts';
import { refuseOptions } from './command.ts';
import { mayHelp } from './ended.ts';
import { keptOptions, seedProblem } from './model-offers.ts';
import type { Reply } from './reply.ts';
import type { CommandDeps, Press, PressAnswer, RequestOrigin } from './table.ts';
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

/** Makes another take as a question was answered, or of `goesOn` what goes on from it. */
export async function answered(
  { origin, task, answer, goesOn }: Press & { answer: PressAnswer; goesOn?: Clip },
  deps: CommandDeps,
): Promise<Reply> {
  const { commands, takes } = messagesFor(origin.locale);
  const options = optionsSchema.partial().safeParse(answer.options ?? {});
  if (!options.success) return refuseOptions(options.error, commands.animate.options);
  const model = options.data.model ?? task.options.model;
  const text = seedProblem(deps.provider, { ...options.data, model }, origin.locale);
  if (text !== undefined) return { type: 'refused', text };
  const reply = await again({ ...origin, source: task, goesOn, scene: answer.scene, options: options.data }, deps);
  if (reply.type !== 'taken' || takesIn(answer.options) <= 1) return reply;
  return { ...reply, note: reply.note === undefined ? takes.onlyOne : `${takes.onlyOne} ${reply.note}` };
}

async function edit({ origin, task, answer }: Press, deps: CommandDeps): Promise<Reply> {
  if (answer) return answered({ origin, task, answer }, deps);
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
