import { MAX_PICTURE_BYTES } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import type { Capabilities, Provider } from '../src/providers/provider.ts';
import type { SharedBlobs } from '../src/store/blobs.ts';
import type { Store } from '../src/store/store.ts';
import { UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { DURATIONS_SECONDS, MOTION_RANGE, type Options, randomSeed } from '../src/task/options.ts';
import type { Fit } from '../src/task/picture.ts';
import { type NewTask, newTaskId } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { withChanges } from '../src/util/with-changes.ts';
import type { Admission } from './admission.ts';
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
  wanted: { scene: string; options: WantedOptions; locale: string },
  {
    limits,
    defaultFit,
    chosen,
  }: { limits: Pick<Capabilities, 'maxSceneChars' | 'wordless'>; defaultFit: Fit; chosen?: ChosenSettings },
): { scene: string; options: Options } | { refused: string } {
  const words = messagesFor(wanted.locale).request;
  const scene = CAN_BE_SEEN.test(wanted.scene) ? wanted.scene.trim() : '';
  if (scene === '' && !limits.wordless) return { refused: words.noScene };
  if (scene.length > limits.maxSceneChars) return { refused: words.sceneTooLong(scene.length, limits.maxSceneChars) };
  const { motion, seed, duration, fit, spoiler } = wanted.options;
  return {
    scene,
    options: {
      motion: motion ?? MOTION_RANGE.usual,
      seed: seed ?? randomSeed(),
      duration: duration ?? chosen?.duration ?? DURATIONS_SECONDS[0],
      fit: fit ?? chosen?.fit ?? defaultFit,
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
}

/** A picture that came with the request, where its platform keeps it, or which other task has it. */
export type PictureSource = { bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> } | { ref: string } | SharedBlobs;

/**
 * Puts a checked request on record, its picture first: a task on record always finds it. Throws `BlobsGone` where the
 * other task does not have it any more.
 */
export async function record(
  request: Omit<NewTask, 'id' | 'picture' | 'provider' | 'cost' | 'shows' | 'fitted' | 'clip'> & {
    standing?: Standing;
  },
  picture: PictureSource,
  { store, provider, admission, chosen }: RecordDeps,
): Promise<Reply> {
  const id = newTaskId(store.now());
  const cost = provider.credits?.(request.options.duration) ?? 0;
  // A picture whose task never came is swept.
  const staged =
    'bytes' in picture
      ? await store.blobs.stage(id, UPLOAD_BLOB, picture.bytes, { maxBytes: MAX_PICTURE_BYTES })
      : undefined;
  const { requestKey, requester, locale, standing, scene, options, from, story } = request;
  const place = withChanges(request.place, { reply: chosen?.reply });
  const recorded = { requester, place, locale, provider: provider.name, cost };
  const asked = { ...recorded, standing, scene };
  const reply = await admission.serialized(asked, async (): Promise<Reply> => {
    // Told again, perhaps after its task was deleted: then the row of what it led to knows it.
    if (await store.spend.knows(sha256(requestKey)))
      return (
        (await findExisting(requestKey, store)) ?? { type: 'refused', text: messagesFor(locale).request.deletedBefore }
      );
    const refused = await admission.denialReason(asked);
    // Another process that heard the same may have recorded it just now, and by that reached the limit.
    if (refused !== undefined) return (await findExisting(requestKey, store)) ?? { type: 'refused', text: refused };
    const task: NewTask = {
      id,
      requestKey,
      scene,
      options,
      from,
      story,
      ...recorded,
      picture: 'ref' in picture ? { type: 'remote', ref: picture.ref } : { type: 'upload' },
    };
    return { type: 'taken', ...(await store.tasks.insert(task, 'of' in picture ? picture : staged)) };
  });
  if (staged && (reply.type !== 'taken' || !reply.created)) await store.blobs.discard(staged);
  // Of several processes that hear a request any may be the one that answers.
  return reply.type === 'taken' ? { ...reply, note: await admission.leftNote(asked) } : reply;
}
