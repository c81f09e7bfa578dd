import type { Store } from '../../store/store.ts';
import { UPLOAD_BLOB } from '../../task/blob-names.ts';
import type { Task } from '../../task/task.ts';
import type { Card } from '../chat.ts';
import type { CardView } from '../kit/card-view.ts';
import { WEB_PLACE } from './env.ts';
import type { ConversationView, TaskView } from './view.ts';

/** Tasks on a page of the conversation. */
const PAGE_TASKS = 20;

/** Makes the page's views of the record. */
export type Viewer = ReturnType<typeof createViewer>;

export function createViewer({ store, cardView }: { store: Store; cardView: CardView }) {
  /** `card` where it is made already. */
  async function view(task: Task, card?: Card): Promise<TaskView> {
    const { clip, fitted } = task;
    const shown = card ?? (await cardView.current(task));
    return {
      ...shown,
      scene: task.scene,
      // Decisions raise the one, requests the other.
      revision: task.version + task.asked,
      askedAt: task.at.received ?? 0,
      options: task.options,
      size: fitted?.fitted,
      pictureUrl: `/tasks/${task.id}/picture?as=${fitted?.blob ?? UPLOAD_BLOB}`,
      clip: clip && {
        url: `/tasks/${task.id}/clip?as=${clip.sha256.slice(0, 16)}`,
        bytes: clip.bytes,
        durationMs: clip.durationMs,
        size: clip.size,
      },
    };
  }

  return {
    view,
    async conversation(before?: Task): Promise<ConversationView> {
      const tasks = await store.tasks.conversation(WEB_PLACE, { limit: PAGE_TASKS + 1, before });
      return {
        tasks: await Promise.all(tasks.slice(0, PAGE_TASKS).map((task) => view(task))),
        older: tasks.length > PAGE_TASKS,
      };
    },
  };
}
