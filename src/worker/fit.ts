import { BadPicture } from '../media/pictures/bad-picture.ts';
import { capabilitiesOf, sizesFor } from '../providers/models.ts';
import { LAST_PICTURE_BLOB, LAST_UPLOAD_BLOB, PICTURE_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import { MOTION_RANGE } from '../task/options.ts';
import type { Focus, PictureNote, Size } from '../task/picture.ts';
import type { Task } from '../task/task.ts';
import { sha256 as sha256Of } from '../util/hash.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

const FIRST = { upload: UPLOAD_BLOB, fitted: PICTURE_BLOB } as const;
const LAST = { upload: LAST_UPLOAD_BLOB, fitted: LAST_PICTURE_BLOB } as const;

/**
 * `received`, and the pictures are here: checks them and makes them fit, the one that the clip ends on the size that the
 * first one chose. At a stop they are left for the next start.
 */
export async function fitOwnPictures(task: Task, context: StepContext): Promise<Outcome> {
  const { provider, thumbnails, stopping, log } = context;
  const { oversample } = capabilitiesOf(provider, task.options.model);
  const sizes = sizesFor(provider, task.options);
  let which: 'last' | undefined;
  try {
    const first = await fitOne(task, FIRST, { sizes, oversample, focus: task.options.focus }, context);
    if (!first) return fail({ type: 'picture-gone' });
    if (task.last) which = 'last';
    const last = which && (await fitOne(task, LAST, { sizes: [first.fitted], oversample }, context));
    if (which && !last) return fail({ type: 'picture-gone', which });
    const { original, fitted, notes, blob, type, sha256, thumbnail } = first;
    thumbnails?.keep(sha256, thumbnail);
    return {
      type: 'advance',
      event: {
        type: 'pictureFitted',
        fitted: {
          original,
          fitted,
          notes: [...notes, ...ignored(task, provider)],
          blob,
          type,
          sha256,
          last: last && { original: last.original, notes: last.notes, blob: last.blob, sha256: last.sha256 },
        },
      },
    };
  } catch (error) {
    if (stopping.aborted && error === stopping.reason) return { type: 'wait', wait: 0 };
    if (!(error instanceof BadPicture)) throw error;
    log.info({ problem: error.problem.type, which, cause: String(error.cause ?? '') }, 'a picture cannot be used');
    return fail({ type: 'bad-picture', picture: error.problem, which });
  }
}

/** A picture that was made to fit and stored; undefined where it is not there. Throws `BadPicture`. */
async function fitOne<Names extends typeof FIRST | typeof LAST>(
  task: Task,
  names: Names,
  how: { sizes: readonly Size[]; oversample?: number; focus?: Focus },
  { store, kept, fitPicture, inTurn, stopping }: StepContext,
) {
  const own = kept.of(names.upload);
  const uploaded = own
    ? { bytes: own.byteLength, sha256: sha256Of(own) }
    : await store.blobs.stat(task.id, names.upload);
  if (!uploaded) return undefined;
  const read = () => (own ? [own] : store.blobs.read(task.id, names.upload));
  const options = { fit: task.options.fit, ...how };
  const picture = await inTurn(task.requester.id, () => fitPicture(read, options, stopping));
  const { bytes, isItself, type, thumbnail, original, fitted, notes } = picture;
  const blob: Names['upload'] | Names['fitted'] = bytes && !isItself ? names.fitted : names.upload;
  const { sha256 } = bytes
    ? await store.blobs.write(task.id, blob, kept.passing(blob, [bytes]), { maxBytes: bytes.length })
    : uploaded;
  return { blob, sha256, type, thumbnail, original, fitted, notes };
}

/** An option that the provider ignores is told, not swallowed. */
const ignored = (task: Task, provider: StepContext['provider']): PictureNote[] =>
  capabilitiesOf(provider, task.options.model).ignoresMotion && task.options.motion !== MOTION_RANGE.usual
    ? [{ type: 'left-motion' }]
    : [];
