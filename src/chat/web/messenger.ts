import { withChanges } from '../../util/with-changes.ts';
import type { Messenger } from '../chat.ts';
import type { TaskFiles } from '../kit/task-files.ts';
import { WEB_PLACE } from './env.ts';
import type { Feed } from './feed.ts';
import { MAX_FILE_BYTES } from './made-file.ts';
import type { Viewer } from './viewer.ts';

/** A bar that moves more often than this is no smoother. */
const EDIT_MS = 250;

/**
 * The browser as a chat. What it shows is read from the record whenever a page is opened, so telling the open ones is
 * all there is to do: it cannot fail, and doing it twice shows nothing twice.
 */
export function createWebMessenger({
  feed,
  viewer,
  files,
}: {
  feed: Feed;
  viewer: Viewer;
  files: Pick<TaskFiles, 'clipWithin'>;
}): Messenger {
  return {
    platform: WEB_PLACE.platform,
    editMs: EDIT_MS,
    cardOfEachTake: true,
    async showCard(task) {
      feed.task(task.id, await viewer.view(task));
      return { outcome: 'shown' };
    },
    async send(task, message, ledger, signal) {
      const isFile = message.kind === 'clip' && task.format !== undefined;
      if (isFile && !(await files.clipWithin(task, MAX_FILE_BYTES, signal)))
        return { outcome: 'impossible', reason: `no ${task.format} could be made of the clip` };
      await ledger.record(message.kind, task.id);
      // Notices stand in the card as well.
      // What shows a clip once more has no card, so that nothing else tells that it stands there.
      const shown = task.shows === undefined ? task : withChanges(task, { state: 'delivered' });
      if (message.kind === 'clip') feed.task(task.id, await viewer.view(shown));
      return { outcome: 'shown' };
    },
    /** What showed a clip that was taken down; its messages are named like itself. */
    async takeAway(sent) {
      for (const id of new Set(Object.values(sent))) feed.gone(id);
      return { outcome: 'shown' };
    },
  };
}
