import { JOINED_BLOBS, LAST_UPLOAD_BLOB, UPLOAD_BLOB } from './blob-names.ts';
import { seedOfTake } from './options.ts';
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

/** The lead's id, for another of several takes that were asked for at once; undefined for any other task. */
export const leadOf = ({ take, from }: Pick<Task, 'take' | 'from'>): string | undefined =>
  take !== undefined && take.number > 1 ? from : undefined;

/** Whether another take has the card of all: the lead, or since that was deleted the one that the card was handed to. */
export const isOnOthersCard = (task: Pick<Task, 'take' | 'from' | 'sent'>): boolean =>
  leadOf(task) !== undefined && task.sent.card === undefined;

/**
 * The other takes of a lead's request, as they are recorded: the same however often and by whomever, but for their ids. Their
 * picture is the lead's, and comes to them from there.
 */
export function otherTakes(lead: Task, newId: () => string): NewTask[] {
  const { id, requestKey, requester, place, locale, scene, options, provider, cost, last, take } = lead;
  if (take === undefined || take.number > 1) return [];
  const same = { requester, place, locale, scene, provider, cost, from: id, story: storyOf(lead) };
  return Array.from({ length: take.of - 1 }, (_, n) => ({
    id: newId(),
    requestKey: `${requestKey}:take:${n + 2}`,
    options: { ...options, seed: seedOfTake(options.seed, n + 2) },
    picture: { type: 'upload' },
    last: last && { type: 'upload' },
    take: { number: n + 2, of: take.of },
    ...same,
  }));
}

/** The blobs of a task's pictures, as they came. */
const uploadsOf = ({ last }: Pick<Task, 'last'>): string[] => (last ? [UPLOAD_BLOB, LAST_UPLOAD_BLOB] : [UPLOAD_BLOB]);

/** The blobs that a task with a clip keeps: its pictures, as they came and as they were fitted, the clip, and what that goes on from. */
export const clipBlobs = (task: Pick<Task, 'fitted' | 'clip' | 'last' | 'goesOn'>): string[] => {
  const { fitted, clip, goesOn } = task;
  const made = [fitted?.blob, fitted?.last?.blob, clip?.blob, goesOn?.blob].filter((name) => name !== undefined);
  return [...new Set([...uploadsOf(task), ...made])];
};

/** Whether a clip that goes on from another is, for now or for good, the new part alone. */
export const isPartAlone = ({ goesOn, clip }: Pick<Task, 'goesOn' | 'clip'>): boolean =>
  goesOn !== undefined && clip?.blob.startsWith(JOINED_BLOBS) === false;

/** The blobs that another take of a task's picture has together with it; where it never had one, what that is made of. */
export const takeBlobs = ({ fitted, goesOn }: Pick<Task, 'fitted' | 'goesOn'>): string[] => [
  ...(fitted || !goesOn ? [UPLOAD_BLOB] : []),
  ...(goesOn ? [goesOn.blob] : []),
];

/**
 * The task that shows a delivered clip in another place, for whom and by whichever request: it is inserted with
 * `{ of: source.id, names: clipBlobs(source) }`.
 */
export function showOf(
  source: Task,
  { id, requestKey, requester, place, locale }: Pick<NewTask, 'id' | 'requestKey' | 'requester' | 'place' | 'locale'>,
): NewTask {
  const { scene, options, provider, picture, last, story, fitted, clip, goesOn } = source;
  const own = { cost: 0, shows: originalOf(source) };
  const shown = { scene, options, provider, picture, last, story, fitted, clip, goesOn, ...own };
  return Object.assign(shown, { id, requestKey, requester, place, locale });
}
