import { BadPicture } from '../media/pictures/bad-picture.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import { MOTION_RANGE } from '../task/options.ts';
import type { PictureNote } from '../task/picture.ts';
import type { Task } from '../task/task.ts';
import { sha256 } from '../util/hash.ts';
import { readAll } from '../util/read-all.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** `received`, and the picture is here: checks it and makes it fit. */
export async function fitOwnPicture(task: Task, { store, provider, fitPicture }: StepContext): Promise<Outcome> {
  if (!(await store.blobs.stat(task.id, UPLOAD_BLOB))) return fail({ type: 'picture-gone' });
  const load = () => readAll(store.blobs.read(task.id, UPLOAD_BLOB));
  try {
    const { bytes, type, original, fitted, untouched, notes } = await fitPicture(load, {
      fit: task.options.fit,
      sizes: provider.capabilities.sizes,
    });
    if (!untouched) await store.blobs.write(task.id, PICTURE_BLOB, [bytes], { maxBytes: bytes.length });
    return {
      type: 'advance',
      event: {
        type: 'pictureFitted',
        fitted: {
          original,
          fitted,
          notes: [...notes, ...ignored(task, provider)],
          blob: untouched ? UPLOAD_BLOB : PICTURE_BLOB,
          type,
          sha256: sha256(bytes),
        },
      },
    };
  } catch (error) {
    if (!(error instanceof BadPicture)) throw error;
    return fail({ type: 'bad-picture', picture: error.problem });
  }
}

/** An option that the provider ignores is told, not swallowed. */
const ignored = (task: Task, { capabilities }: StepContext['provider']): PictureNote[] =>
  capabilities.ignoresMotion && task.options.motion !== MOTION_RANGE.usual ? [{ type: 'left-motion' }] : [];
