import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { GalleryPage, Reply } from '../../../../commands/reply.ts';
import { showAction } from '../../../../commands/show.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { createSemaphore, NoRoom } from '../../../util/semaphore.ts';
import { authorOf, listedFacts } from '../../kit/listed-clip.ts';
import { isolated, shortened } from '../../kit/text.ts';
import { freshNumber, writeButton } from '../buttons.ts';
import type { TextMessage } from '../send/post.ts';
import { lines, MAX_CAPTION, plain, quoted, row, sceneOf, type Text } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';

/*
 * A page of clips: a picture of numbered thumbnails, a line and a button for each, and ways to the pages beside it.
 */

/** As the pictures stand. */
const IN_ROW = 3;
const MAX_NAME = 24;
/** Leaves room for the longest age and a number of stars. */
const MAX_ABOUT = 44;

/** Another page of a view. */
export interface PageTurn {
  view: string;
  number: number;
}

const writePageTurn = ({ view, number }: PageTurn): string => `clips:${view}:${number}`;

/** The page that a button leads to; undefined where it is another button. A client may send what no button has. */
export function readPageTurn(data: string): PageTurn | undefined {
  const [, view, number] = /^clips:([0-9a-f]{12}):(\d{1,4})$/.exec(data) ?? [];
  return view === undefined ? undefined : { view, number: Number(number) };
}

/** Where too many wait, or it cannot be made, words and buttons do without. */
const drawn = (sheet: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> =>
  drawing(sheet).catch((error: unknown) => {
    if (error instanceof NoRoom) return undefined;
    throw error;
  });
const drawing = createSemaphore({ room: 2, maxWaiting: 20 });

/** The same where no pictures may be sent. */
export const wordsOf = ({ text, entities, keyboard }: TextMessage): TextMessage => ({ text, entities, keyboard });

/** A page as a message. */
export async function sheetOf(
  { text, page }: Pick<Extract<Reply, { type: 'clips' }>, 'text' | 'page'>,
  locale: string,
  { store, files }: Pick<ReceiveDeps, 'store' | 'files'>,
): Promise<TextMessage> {
  const { clips } = page;
  const now = store.now();
  const title = plain(text);
  const room = Math.floor((MAX_CAPTION - text.length) / Math.max(1, clips.length)) - 1;
  const told = await Promise.all(clips.map(async (task, i) => lineOf(task, { n: i + 1, locale, now, room }, store)));
  const keyboard = keyboardOf(page, freshNumber(now), locale);
  return {
    ...lines(title, ...told),
    photo: clips.length > 0 ? await drawn(() => files.sheet(clips)) : undefined,
    keyboard,
  };
}

/** Number, scene, whose, how old, how many stars. */
async function lineOf(
  task: Task,
  { n, locale, now, room }: { n: number; locale: string; now: number; room: number },
  { tasks }: Pick<Store, 'tasks'>,
): Promise<Text> {
  const words = messagesFor(locale);
  const { scene, options } = task;
  const by = words.clips.by(isolated(shortened((await authorOf(task, tasks)).name, MAX_NAME)));
  const about = listedFacts(task, { now, locale }).join(' · ');
  const left = room - `${n}.  ·  ·   `.length - by.length - Math.min(about.length, MAX_ABOUT);
  // What breaks up live words of a covered scene takes room, too.
  const shown = shortened(
    (scene || words.wordless).replace(/\s+/g, ' '),
    options.spoiler ? Math.floor(left / 2) : left,
  );
  return row(
    plain(`${n}. `),
    sceneOf(isolated(shown), options),
    plain(' · '),
    quoted(by),
    plain(` · ${shortened(about, MAX_ABOUT)}`),
  );
}

function keyboardOf({ view, number, hasMore, clips }: GalleryPage, n: number, locale: string): InlineKeyboardMarkup {
  const words = messagesFor(locale).clips;
  const numbered = clips.map(
    ({ id: taskId }, i): InlineKeyboardButton => ({
      text: String(i + 1),
      callback_data: writeButton({ action: showAction.id, taskId, n }),
    }),
  );
  const rows = Array.from({ length: Math.ceil(numbered.length / IN_ROW) }, (_, i) =>
    numbered.slice(i * IN_ROW, (i + 1) * IN_ROW),
  );
  const turns = [
    ...(number > 0 ? [{ text: words.pageBefore, callback_data: writePageTurn({ view, number: number - 1 }) }] : []),
    ...(hasMore ? [{ text: words.nextPage, callback_data: writePageTurn({ view, number: number + 1 }) }] : []),
  ];
  return { inline_keyboard: turns.length > 0 ? [...rows, turns] : rows };
}
