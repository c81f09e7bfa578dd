import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { CLIP_FILE } from './video.ts';

/** Looked through for one that was uploaded. */
const MAX_SHOWS = 100;

/**
 * Telegram's own id of the file that a clip to be shown once more was uploaded as, which is good for the bot that uploaded it
 * alone; undefined where it was not, as such a file.
 */
export const createKnownFile =
  ({ tasks }: Pick<Store, 'tasks'>) =>
  async ({ shows, format, place: { platform } }: Task): Promise<string | undefined> => {
    if (shows === undefined) return undefined;
    const fileIn = ({ sent, place }: Task) => (place.platform === platform ? sent[CLIP_FILE] : undefined);
    const original = format === undefined ? await tasks.get(shows) : undefined;
    const file = original && fileIn(original);
    if (file !== undefined) return file;
    const others = (await tasks.showsOf(shows, MAX_SHOWS)).filter((other) => other.format === format);
    return others.map(fileIn).find((each) => each !== undefined);
  };
