import { BadPicture } from '../media/pictures/bad-picture.ts';
import { capabilitiesOf } from '../providers/models.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import { MOTION_RANGE } from '../task/options.ts';
import type { PictureNote } from '../task/picture.ts';
import type { Task } from '../task/task.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** `received`, and the picture is here: checks it and makes it fit. At a stop it is left for the next start. */
export async function fitOwnPicture(task: Task, context: StepContext): Promise<Outcome> {
  const { store, provider, fitPicture, thumbnails, inTurn, stopping, log } = context;
  const uploaded = await store.blobs.stat(task.id, UPLOAD_BLOB);
  if (!uploaded) return fail({ type: 'picture-gone' });
  const read = () => store.blobs.read(task.id, UPLOAD_BLOB);
  const { sizes, oversample } = capabilitiesOf(provider, task.options.model);
  const options = { fit: task.options.fit, sizes, oversample };
  try {
    const picture = await inTurn(task.requester.id, () => fitPicture(read, options, stopping));
    const { bytes, isItself, type, thumbnail, original, fitted, notes } = picture;
    const blob = bytes && !isItself ? PICTURE_BLOB : UPLOAD_BLOB;
    const { sha256 } = bytes ? await store.blobs.write(task.id, blob, [bytes], { maxBytes: bytes.length }) : uploaded;
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
        },
      },
    };
  } catch (error) {
    if (stopping.aborted && error === stopping.reason) return { type: 'wait', wait: 0 };
    if (!(error instanceof BadPicture)) throw error;
    log.info({ problem: error.problem.type, cause: String(error.cause ?? '') }, 'a picture cannot be used');
    return fail({ type: 'bad-picture', picture: error.problem });
  }
}

/** An option that the provider ignores is told, not swallowed. */
const ignored = (task: Task, provider: StepContext['provider']): PictureNote[] =>
  capabilitiesOf(provider, task.options.model).ignoresMotion && task.options.motion !== MOTION_RANGE.usual
    ? [{ type: 'left-motion' }]
    : [];
