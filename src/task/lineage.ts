import { UPLOAD_BLOB } from './blob-names.ts';
import type { NewTask, Task } from './task.ts';

/** The task whose clip this one is about: the one that it shows, or itself. */
export const originalOf = ({ id, shows }: Pick<Task, 'id' | 'shows'>): string => shows ?? id;

/** The first task of its line of takes. */
export const storyOf = (task: Pick<Task, 'id' | 'shows' | 'story'>): string => task.story ?? originalOf(task);

/** What another take of a task says of where it comes from. */
export const takeOf = (source: Task): Pick<NewTask, 'from' | 'story'> => ({
  from: originalOf(source),
  story: storyOf(source),
});

/** The blobs that a task with a clip keeps: its picture, as it came and as it was fitted, and the clip. */
export const clipBlobs = ({ fitted, clip }: Pick<Task, 'fitted' | 'clip'>): string[] => [
  ...new Set([UPLOAD_BLOB, fitted?.blob, clip?.blob].filter((name) => name !== undefined)),
];

/**
 * The task that shows a delivered clip in another place, for whom and by whichever request: it is inserted with
 * `{ of: source.id, names: clipBlobs(source) }`.
 */
export function showOf(
  source: Task,
  { id, requestKey, requester, place, locale }: Pick<NewTask, 'id' | 'requestKey' | 'requester' | 'place' | 'locale'>,
): NewTask {
  const { scene, options, provider, picture, story, fitted, clip } = source;
  const shown = { scene, options, provider, picture, cost: 0, story, shows: originalOf(source), fitted, clip };
  return Object.assign(shown, { id, requestKey, requester, place, locale });
}
