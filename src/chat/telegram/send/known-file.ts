import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { CLIP_FILE } from './video.ts';

/** Looked through for one that was uploaded. */
const MAX_SHOWS = 100;

/** Telegram's own id of the file that a clip to be shown once more was uploaded as; undefined where it was not, as such a file. */
export const createKnownFile =
  ({ tasks }: Pick<Store, 'tasks'>) =>
  async ({ shows, format }: Task): Promise<string | undefined> => {
    if (shows === undefined) return undefined;
    const original = format === undefined ? await tasks.get(shows) : undefined;
    const others = original?.sent[CLIP_FILE] === undefined ? await tasks.showsOf(shows, MAX_SHOWS) : [];
    const uploaded = [...(original ? [original] : []), ...others.filter((other) => other.format === format)];
    return uploaded.find(({ sent }) => sent[CLIP_FILE] !== undefined)?.sent[CLIP_FILE];
  };
