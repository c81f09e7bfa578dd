import { menuOf } from '../../../commands/more.ts';
import { starsOf } from '../../../commands/star.ts';
import type { Action } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Store } from '../../store/store.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../../task/blob-names.ts';
import { isOver, type Task } from '../../task/task.ts';
import { buttonsFrom, type CardView } from '../kit/card-view.ts';
import { WEB_PLACE, WEB_REQUESTER } from './env.ts';
import { fileName } from './file-name.ts';
import type { InWords } from './language.ts';
import { madeFile } from './made-file.ts';
import type { ConversationView, TaskView } from './view.ts';

/** Tasks on a page of the conversation. */
const PAGE_TASKS = 20;

/** There is no place beside this one to send a copy to, and nobody but those who may delete to report it to. */
const NOT_HERE: ReadonlySet<string> = new Set(['copy', 'report']);

/** Makes the page's views of the record. */
export type Viewer = ReturnType<typeof createViewer>;

export function createViewer({
  store,
  cardView,
  actions,
}: {
  store: Store;
  cardView: CardView;
  actions: readonly Action[];
}) {
  const offered = actions.filter(({ id }) => !NOT_HERE.has(id));

  async function authorOf(shows: string): Promise<string | undefined> {
    const requester = (await store.tasks.get(shows))?.requester;
    return requester?.id === WEB_REQUESTER.id ? undefined : requester?.name;
  }

  /** A task, worded later for each who reads of it: the record is read once. */
  async function view(task: Task): Promise<InWords<TaskView>> {
    const { clip, fitted, shows, format, goesOn, from } = task;
    const cardIn = await cardView.worded(task);
    const file = format && (await madeFile(task, format, store));
    const isMaking = file !== undefined && !isOver(task);
    const isLoop = format === 'loop';
    const before = goesOn && !fitted ? from : undefined;
    const facts = {
      scene: task.scene,
      // Decisions raise the one, requests the other.
      revision: task.version + task.asked,
      askedAt: task.at.received ?? 0,
      options: task.options,
      size: fitted?.fitted,
      endsOn: task.last ? (true as const) : undefined,
      // Of what goes on from a clip there is none before it is fitted.
      pictureUrl: before
        ? `/tasks/${before}/picture?as=${PICTURE_BLOB}`
        : `/tasks/${task.id}/picture?as=${fitted?.blob ?? UPLOAD_BLOB}`,
      clip: clip && {
        url: isLoop && file?.url !== undefined ? file.url : `/tasks/${task.id}/clip?as=${clip.sha256.slice(0, 16)}`,
        name: fileName(task, 'mp4'),
        bytes: clip.bytes,
        durationMs: clip.durationMs,
        size: clip.size,
      },
      stars: starsOf(task),
      isStarred: task.stars?.includes(WEB_REQUESTER.id) === true,
      shown: shows === undefined ? undefined : { author: await authorOf(shows) },
      file,
    };
    return (locale) => {
      const card = cardIn(locale);
      const { making, makingLoop } = messagesFor(locale).web;
      const status = isMaking ? (isLoop ? makingLoop : making(file.format.toUpperCase())) : card.status;
      return { ...card, status, ...facts, menu: buttonsFrom(menuOf(task, offered), task, locale) };
    };
  }

  return {
    view,
    async conversation(before?: Task): Promise<InWords<ConversationView>> {
      const tasks = await store.tasks.conversation(WEB_PLACE, { limit: PAGE_TASKS + 1, before });
      const views = await Promise.all(tasks.slice(0, PAGE_TASKS).map(view));
      return (locale) => ({ tasks: views.map((one) => one(locale)), older: tasks.length > PAGE_TASKS });
    },
  };
}
