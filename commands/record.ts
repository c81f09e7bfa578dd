import { MAX_PICTURE_BYTES } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { capabilitiesOf, creditsOf } from '../src/providers/models.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { SharedBlobs, StagedBlob } from '../src/store/blobs.ts';
import type { Store } from '../src/store/store.ts';
import type { WithRoom } from '../src/store/tasks.ts';
import { LAST_UPLOAD_BLOB, UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { otherTakes } from '../src/task/lineage.ts';
import { MOTION_RANGE, type Options, randomSeed } from '../src/task/options.ts';
import type { Fit } from '../src/task/picture.ts';
import { type NewTask, newTaskId } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import type { Admission } from './admission.ts';
import { chooseModel } from './model-offers.ts';
import type { Reply } from './reply.ts';
import type { ChosenSettings } from './settings/rows.ts';
import type { Standing } from './settings/standing.ts';

/** Anything but white space and marks that only steer how a text is laid out. */
const CAN_BE_SEEN = /[^\s\p{Cc}\p{Cf}]/u;

/** Options as a person gave them, parsed; what is absent is chosen here. */
export type WantedOptions = Partial<Options>;

/** The task of the same request told before, whatever was wrong or is gone since. */
export async function findExisting(
  requestKey: string,
  store: Store,
): Promise<Extract<Reply, { type: 'taken' }> | undefined> {
  const task = await store.tasks.byRequestKey(requestKey);
  return task && { type: 'taken', task, created: false };
}

/** The scene and the options of a request, complete, or a sentence that says what is wrong with the scene; `''`: without words. */
export function checkRequest(
  wanted: { scene: string; options: WantedOptions; hasLast?: boolean; locale: string },
  {
    provider,
    defaultFit,
    chosen,
    wordsMayCome = false,
  }: { provider: Provider; defaultFit: Fit; chosen?: ChosenSettings; wordsMayCome?: boolean },
): { scene: string; options: Options } | { refused: string } {
  const words = messagesFor(wanted.locale).request;
  const { options: asked, hasLast, locale } = wanted;
  const made = chooseModel(provider, asked, { usual: chosen, hasLast, locale });
  if ('refused' in made) return made;
  const limits = capabilitiesOf(provider, made.model);
  const scene = CAN_BE_SEEN.test(wanted.scene) ? wanted.scene.trim() : '';
  if (scene === '' && !limits.wordless && !wordsMayCome) return { refused: words.noScene };
  if (scene.length > limits.maxSceneChars) return { refused: words.sceneTooLong(scene.length, limits.maxSceneChars) };
  const { motion, seed, fit, focus, spoiler } = wanted.options;
  return {
    scene,
    options: {
      motion: motion ?? MOTION_RANGE.usual,
      seed: seed ?? randomSeed(),
      ...made,
      fit: fit ?? chosen?.fit ?? defaultFit,
      focus,
      spoiler: chosen?.isCovered || spoiler,
    },
  };
}

/** The parts that record a request. */
export interface RecordDeps {
  store: Store;
  provider: Provider;
  admission: Admission;
  /** What is set at the place of the request. */
  chosen?: ChosenSettings;
  /** Of the worker of this process; absent where there is none. */
  withRoom?: WithRoom;
}

/** A picture that came with the request, where its platform keeps it, or which other task has it. */
export type PictureSource = { bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> } | { ref: string } | SharedBlobs;

/** A checked request. */
interface CheckedRequest
  extends Pick<
    NewTask,
    'requestKey' | 'requester' | 'place' | 'locale' | 'scene' | 'options' | 'from' | 'story' | 'goesOn'
  > {
  standing?: Standing;
  /** So many clips are wanted at once; absent: one. */
  takes?: number;
}

/**
 * Puts a checked request on record, its picture first: a task on record always finds it. Of several takes the lead is the
 * request: with it all are, for a worker adds those that a kill leaves out. Throws `BlobsGone` where the other task does not
 * have the picture any more.
 */
export async function record(
  request: CheckedRequest,
  pictures: { first: PictureSource; last?: PictureSource },
  { store, provider, admission, chosen, withRoom = (work) => work() }: RecordDeps,
): Promise<Reply> {
  const id = newTaskId(store.now());
  const cost = creditsOf(provider, request.options);
  // A picture whose task never came is swept.
  const first = await broughtBy(pictures.first, { id, name: UPLOAD_BLOB, store });
  const last = pictures.last && (await broughtBy(pictures.last, { id, name: LAST_UPLOAD_BLOB, store }));
  const blobs = [first, last].flatMap((brought) => brought?.blobs ?? []);
  const { requestKey, requester, locale, standing, scene, options, from, story, goesOn, takes = 1 } = request;
  const place = withChanges(request.place, { reply: chosen?.reply });
  const recorded = { requester, place, locale, provider: provider.name, cost };
  const asked = { ...recorded, standing, scene };
  const reply = await admission.serialized(asked, async (): Promise<Reply> => {
    // Told again, perhaps after its task was deleted: then the row of what it led to knows it.
    const look = await admission.look(asked, requestKey);
    if (look.task) return { type: 'taken', task: look.task, created: false };
    const refused = look.wasAsked
      ? messagesFor(locale).request.deletedBefore
      : await admission.denialReason(asked, takes, look);
    // It may have come just now, by another process that heard the same: between that look's answers, or to the limit.
    if (refused !== undefined) return (await findExisting(requestKey, store)) ?? { type: 'refused', text: refused };
    const task: NewTask = {
      id,
      requestKey,
      scene,
      options,
      from,
      story,
      goesOn,
      take: takes > 1 ? { number: 1, of: takes } : undefined,
      ...recorded,
      picture: first.picture,
      last: last?.picture,
    };
    // The worker of this process has it at once, where it has room.
    const inserted = await withRoom(async (owner) => {
      const { created, task: standing } = await store.tasks.insert(task, blobs, { standings: look.standings, owner });
      return { created, task: standing, claimed: created && owner !== undefined ? standing : undefined };
    });
    // Before anything else is admitted: they count.
    for (const other of otherTakes(inserted.task, () => newTaskId(store.now()))) await store.tasks.insert(other);
    return { type: 'taken', task: inserted.task, created: inserted.created };
  });
  if (reply.type !== 'taken' || !reply.created)
    for (const blob of blobs) if (!('of' in blob)) await store.blobs.discard(blob);
  // Of several processes that hear a request any may be the one that answers.
  if (reply.type !== 'taken') return reply;
  const price = takes > 1 && cost > 0 ? messagesFor(locale).request.takesCost(takes, takes * cost) : undefined;
  const notes = [price, await admission.leftNote(asked)].filter((note) => note !== undefined);
  return { ...reply, note: notes.length > 0 ? notes.join(' ') : undefined };
}

/** What a source comes to: where the task has its picture, and the blob that it comes with. */
async function broughtBy(
  source: PictureSource,
  { id, name, store }: { id: string; name: string; store: Store },
): Promise<{ picture: NewTask['picture']; blobs: (StagedBlob | SharedBlobs)[] }> {
  if ('ref' in source) return { picture: { type: 'remote', ref: source.ref }, blobs: [] };
  const limits = { maxBytes: MAX_PICTURE_BYTES };
  const blob = 'of' in source ? source : await store.blobs.stage(id, name, source.bytes, limits);
  return { picture: { type: 'upload' }, blobs: [blob] };
}
