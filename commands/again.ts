import { MAX_JOINED_MS } from '../src/media/clips/join.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { BlobsGone } from '../src/store/blobs.ts';
import type { Store } from '../src/store/store.ts';
import { LAST_UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { takeBlobs, takeOf } from '../src/task/lineage.ts';
import { randomSeed } from '../src/task/options.ts';
import type { Clip, Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { mayHelp } from './ended.ts';
import { keptOptions } from './model-offers.ts';
import { checkRequest, findExisting, type RecordDeps, record, type WantedOptions } from './record.ts';
import type { Reply } from './reply.ts';
import { isGalleryCopy } from './star.ts';
import type { RequestOrigin } from './table.ts';

/** Another take of a picture that is here already. */
export interface AgainRequest extends RequestOrigin {
  /** The task whose picture it is. */
  source: Task;
  /** The source's clip, where it is gone on from; absent: what the source itself goes on from. */
  goesOn?: Clip;
  /** Absent: the same words, and only the seed is another. */
  scene?: string;
  /** Absent, and each that is absent: the same, and only the seed is another. */
  options?: WantedOptions;
}

/** Whether a clip of so many seconds may go on from another: a joined clip is a minute at most. */
export const hasRoom = ({ durationMs }: Pick<Clip, 'durationMs'>, seconds: number): boolean =>
  durationMs + seconds * 1000 <= MAX_JOINED_MS;

/** Records a new task that has the same picture as the first: it is kept once, for as long as either of them. */
export async function again(request: AgainRequest, deps: RecordDeps): Promise<Reply> {
  const { store, provider, chosen } = deps;
  const { requestKey, requester, place, locale, standing, source } = request;
  const known = await findExisting(requestKey, store);
  if (known) return known;
  if (await isAnothers(source, requester, store))
    return { type: 'refused', text: messagesFor(locale).request.notYours };
  const words = messagesFor(locale);
  const gone: Reply = { type: 'refused', text: words.request.gone };
  const { goesOn = source.goesOn } = request;
  // What goes on from a clip has no end to go to.
  const hasLast = source.last !== undefined && !request.goesOn;
  const checked = checkRequest(
    {
      scene: request.scene ?? source.scene,
      options: {
        ...keptOptions(provider, source.options, request.options?.model),
        seed: randomSeed(),
        ...request.options,
        // It begins where the other ends.
        ...(goesOn && { frame: undefined }),
      },
      hasLast,
      locale,
    },
    { provider, defaultFit: source.options.fit, chosen },
  );
  if ('refused' in checked) return { type: 'refused', text: checked.refused };
  if (goesOn && !hasRoom(goesOn, checked.options.duration))
    return { type: 'refused', text: words.actions.continue.tooLong(MAX_JOINED_MS / 1000) };

  try {
    const first = { of: source.id, names: request.goesOn ? [request.goesOn.blob] : takeBlobs(source) };
    const last = hasLast ? { of: source.id, names: [LAST_UPLOAD_BLOB] } : undefined;
    const asked = { requestKey, requester, place, locale, standing, ...takeOf(source), ...checked, goesOn };
    return await record(asked, { first, last }, deps);
  } catch (error) {
    if (error instanceof BlobsGone) return gone;
    throw error;
  }
}

/**
 * Whether the picture of a clip is not this person's to use: where the clip is shown elsewhere it is for its author alone, and
 * for those to whom they showed it themselves.
 */
export async function isAnothers(
  source: Task,
  { id }: Pick<Task['requester'], 'id'>,
  { tasks }: Store,
): Promise<boolean> {
  if (source.shows === undefined) return false;
  const author = (await tasks.get(source.shows))?.requester.id;
  if (id === author) return false;
  return isGalleryCopy(source) || source.requester.id !== author;
}

/** **Again**: the same words with another seed. */
export const againAction = defineAction({
  id: 'again',
  words: (locale) => messagesFor(locale).actions.again,
  style: 'primary',
  who: 'here',
  renews: true,
  isOffered: (task) => mayHelp('again', task),
  run: ({ origin, task }, deps) => again({ ...origin, source: task }, deps),
});
