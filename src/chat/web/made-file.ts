import type { Store } from '../../store/store.ts';
import { fileBlob } from '../../task/blob-names.ts';
import { type ClipFormat, fileOf, type Task } from '../../task/task.ts';
import { fileName } from './file-name.ts';
import type { TaskView } from './view.ts';

/** As much as most places take that show animated pictures. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** The name of its blob. */
export const madeBlob = (format: ClipFormat): string => fileBlob(format, MAX_FILE_BYTES);

/** The animated picture that a task shows its clip as, made or not yet. */
export async function madeFile(
  task: Task,
  format: ClipFormat,
  { blobs }: Pick<Store, 'blobs'>,
): Promise<NonNullable<TaskView['file']>> {
  const made = await blobs.stat(task.id, madeBlob(format));
  const name = fileName(task, fileOf(format).ending);
  return made ? { format, name, url: `/tasks/${task.id}/file`, bytes: made.bytes } : { format, name };
}
