import { MAX_JOINED_MS } from '../src/media/clips/join.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { capabilitiesOf, creditsOf } from '../src/providers/models.ts';
import type { Provider } from '../src/providers/provider.ts';
import { DURATIONS_SECONDS, type Options } from '../src/task/options.ts';
import type { Task } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import { defineAction } from './action.ts';
import { hasRoom, isAnothers } from './again.ts';
import { answered, denied } from './edit.ts';
import { keptOptions } from './model-offers.ts';
import { isDelivered } from './more.ts';
import type { Reply } from './reply.ts';
import type { CommandDeps, Press } from './table.ts';

async function goOn({ origin, task, answer }: Press, deps: CommandDeps): Promise<Reply> {
  const { actions, request } = messagesFor(origin.locale);
  const { title, question, tooLong } = actions.continue;
  if (await isAnothers(task, origin.requester, deps.store)) return { type: 'refused', text: request.notYours };
  const next = optionsOfNext(task, deps.provider);
  if (!task.clip || !next) return { type: 'refused', text: tooLong(MAX_JOINED_MS / 1000) };
  const source = withChanges(task, { options: next });
  if (answer) return answered({ origin, task: source, answer, goesOn: task.clip }, deps);
  const refused = await denied(origin, source, deps);
  if (refused) return refused;
  const { scene: value } = task;
  const text = question({ seconds: next.duration, credits: creditsOf(deps.provider, next) });
  return { type: 'question', wants: 'scene', title, text, value, options: next, task, action: continueAction.id };
}

/** What goes on from a clip has its options, and its length, or the longest that there is still room for; undefined: none. */
function optionsOfNext({ clip, options }: Pick<Task, 'clip' | 'options'>, provider: Provider): Options | undefined {
  const kept = keptOptions(provider, options);
  const { durations } = capabilitiesOf(provider, kept.model);
  const lengths = DURATIONS_SECONDS.filter((seconds) => durations.includes(seconds) && clip && hasRoom(clip, seconds));
  const duration = lengths.find((seconds) => seconds === kept.duration) ?? lengths.at(-1);
  // Its picture is another: the last frame.
  return duration && withChanges(kept, { duration, frame: undefined, focus: undefined });
}

/** **Continue**: asks what happens next, and makes a clip that goes on from the last frame; both come as one. */
export const continueAction = defineAction({
  id: 'continue',
  words: (locale) => messagesFor(locale).actions.continue,
  style: 'plain',
  who: 'here',
  renews: true,
  isOffered: (task) =>
    isDelivered(task) &&
    task.format === undefined &&
    task.clip !== undefined &&
    hasRoom(task.clip, DURATIONS_SECONDS[0]),
  isInMenu: isDelivered,
  run: goOn,
});
