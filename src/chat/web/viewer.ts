import { menuOf } from '../../../commands/more.ts';
import { starsOf } from '../../../commands/star.ts';
import type { Action } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Store } from '../../store/store.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../../task/blob-names.ts';
import { isOver, type Task } from '../../task/task.ts';
import type { Button } from '../chat.ts';
import { buttonsFrom, type CardView } from '../kit/card-view.ts';
import { isFromWeb, isMine, isOf, mayModerate, WEB_PLACE, WEB_REQUESTER } from './env.ts';
import { fileName } from './file-name.ts';
import { madeFile } from './made-file.ts';
import type { Reader, Told } from './reader.ts';
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
  glimpses = [],
}: {
  store: Store;
  cardView: CardView;
  actions: readonly Action[];
  /** Names of the providers whose clips can be seen while this process renders them. */
  glimpses?: readonly string[];
}) {
  const offered = actions.filter(({ id }) => !NOT_HERE.has(id));

  const whoMay = new Map(actions.map(({ id, who }) => [id, who]));

  async function authorOf(shows: string): Promise<string | undefined> {
    const shown = await store.tasks.get(shows);
    return shown && !isFromWeb(shown) ? shown.requester.name : undefined;
  }

  /** Which of these a reader may press under a task. */
  function allowed(buttons: readonly Button[], task: Task, { person }: Reader): readonly Button[] {
    if (isOf(task, person)) return buttons;
    const isLookedAfter = mayModerate(task, person);
    return buttons.filter(({ action }) => {
      const who = whoMay.get(action);
      return who !== 'author' && (who !== 'own' || isLookedAfter);
    });
  }

  /** A task, told later to each who reads of it: the record is read once. */
  async function view(task: Task): Promise<Told<TaskView>> {
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
      clip: clip && {
        url: isLoop && file?.url !== undefined ? file.url : `/tasks/${task.id}/clip?as=${clip.sha256.slice(0, 16)}`,
        name: fileName(task, 'mp4'),
        bytes: clip.bytes,
        durationMs: clip.durationMs,
        size: clip.size,
      },
      stars: starsOf(task),
      by: nameOf(task),
      shown: shows === undefined ? undefined : { author: await authorOf(shows) },
      file,
    };
    // Of what goes on from a clip there is none before it is fitted. An upload is for who sent it: others are shown its pixels.
    const pictureFor = ({ person }: Reader): string => {
      if (before) return `/tasks/${before}/picture?as=${PICTURE_BLOB}`;
      const seen = fitted && (isMine(task, person) ? fitted.blob : PICTURE_BLOB);
      return `/tasks/${task.id}/picture?as=${seen ?? UPLOAD_BLOB}`;
    };
    const isStarredBy = ({ person }: Reader): boolean => task.stars?.includes(person.requester.id) === true;
    return {
      kind: (reader) =>
        [
          reader.locale,
          isOf(task, reader.person),
          isMine(task, reader.person),
          mayModerate(task, reader.person),
          isStarredBy(reader),
        ].join(),
      to(reader) {
        const { locale, person } = reader;
        const card = cardIn(locale);
        const { making, makingLoop } = messagesFor(locale).web;
        const status = isMaking ? (isLoop ? makingLoop : making(file.format.toUpperCase())) : card.status;
        const own = {
          isMine: isMine(task, person),
          isStarred: isStarredBy(reader),
          pictureUrl: pictureFor(reader),
          buttons: allowed(card.buttons, task, reader),
          menu: allowed(buttonsFrom(menuOf(task, offered), task, locale), task, reader),
        };
        const isSeen = card.state === 'rendering' && Boolean(card.progress) && glimpses.includes(task.provider);
        const glimpseUrl = isSeen ? `/tasks/${task.id}/glimpse?at=${card.progress}` : undefined;
        return { ...card, status, ...facts, glimpseUrl, ...own };
      },
    };
  }

  const told = async (tasks: readonly Task[]) => {
    const views = await Promise.all(tasks.slice(0, PAGE_TASKS).map(view));
    return (reader: Reader): ConversationView => ({
      tasks: views.map((one) => one.to(reader)),
      older: tasks.length > PAGE_TASKS,
    });
  };

  return {
    view,
    /** Of all, or what one person asked for. */
    async conversation({ before, by }: { before?: Task; by?: string } = {}) {
      const page = { limit: PAGE_TASKS + 1, before };
      return told(
        await (by === undefined ? store.tasks.conversation(WEB_PLACE, page) : store.tasks.ofPerson(by, page)),
      );
    },
  };
}

/** Nameless is who never said, and all of before browsers were told apart. */
const nameOf = ({ requester }: Task): string | undefined =>
  requester.id === WEB_REQUESTER.id ? undefined : requester.name || undefined;
