import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { authorOf, listedFacts } from '../../kit/listed-clip.ts';
import { isolated, shortened } from '../../kit/text.ts';
import { covered, oneLine, quoted } from '../text.ts';

const MAX_SCENE = 100;

/** A clip of a list, with whose it is: of what is shown once more that is somebody else's, perhaps. */
export interface ListedClip {
  task: Task;
  author: string;
}

export const listed = (tasks: readonly Task[], store: Pick<Store, 'tasks'>): Promise<ListedClip[]> =>
  Promise.all(tasks.map(async (task) => ({ task, author: (await authorOf(task, store.tasks)).name })));

interface Telling {
  now: number;
  locale: string;
}

const sceneOf = ({ scene }: Task, locale: string): string => oneLine(scene, MAX_SCENE) || messagesFor(locale).wordless;

/** A clip where nothing can be covered, in at most so many characters. */
export function describeClip(task: Task, { now, locale, most }: Telling & { most: number }): string {
  const words = messagesFor(locale);
  const scene = task.options.spoiler ? words.discord.coveredClip : sceneOf(task, locale);
  return shortened([isolated(scene), ...listedFacts(task, { now, locale })].join(' · '), most);
}

/** A line of a list of clips: number, scene, author, age, stars. */
export const clipLine = (n: number, { task, author }: ListedClip, telling: Telling): string => {
  const by = messagesFor(telling.locale).clips.by(isolated(quoted(author, MAX_SCENE)));
  const scene = covered(isolated(quoted(sceneOf(task, telling.locale), MAX_SCENE)), task.options);
  return [`**${n}** ${scene}`, by, ...listedFacts(task, telling)].join(' · ');
};
