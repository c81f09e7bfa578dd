import { InputFile } from 'grammy';
import type { CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { turnPage } from '../../../../commands/gallery.ts';
import type { GalleryPage, Reply } from '../../../../commands/reply.ts';
import { showAction } from '../../../../commands/show.ts';
import { starsOf } from '../../../../commands/star.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { goesSoon } from '../../kit/goes-soon.ts';
import { shortened } from '../../kit/text.ts';
import { dataOf, freshNumber, writeButton } from '../buttons.ts';
import { PLATFORM, personOf, placeOf, privatePlaceOf, writeRef } from '../places.ts';
import type { TextMessage } from '../send/post.ts';
import { lines, MAX_CAPTION, plain, quoted, row, sceneOf, type Text } from '../texts.ts';
import { answerPress } from './answer-press.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';

/*
 * A page of clips: a picture of numbered thumbnails, a line and a button for each, and ways to the pages beside it.
 */

/** As the pictures stand. */
const IN_ROW = 3;
/** What stands in a group for the one who asked goes after this, from the last turn of a page on. */
const STAYS_MS = 5 * 60_000;
const MAX_NAME = 24;
/** Leaves room for the longest age and a number of stars. */
const MAX_ABOUT = 44;

interface Turn {
  view: string;
  number: number;
}

const writeTurn = ({ view, number }: Turn): string => `clips:${view}:${number}`;

/** The page that a button leads to; undefined where it is another button. A client may send what no button has. */
export function readTurn(data: string): Turn | undefined {
  const [, view, number] = /^clips:([0-9a-f]{12}):(\d{1,4})$/.exec(data) ?? [];
  return view === undefined ? undefined : { view, number: Number(number) };
}

/** Shows a page: in a group for some minutes. Where pictures may not be sent, its words and buttons alone. */
export async function showClips(
  reply: Extract<Reply, { type: 'clips' }>,
  heard: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { target, acknowledge, origin } = heard;
  const { locale } = origin;
  const { answers } = deps;
  if (!isForAll(reply.page, target.chat)) return showAlone(reply, heard, deps);
  await acknowledge('');
  await answers.later(async () => {
    const sheet = await sheetOf(reply, locale, deps);
    const isGroup = target.chat.startsWith('-');
    const post = async (line: TextMessage): Promise<boolean> =>
      isGroup ? answers.postForNow(target, line, STAYS_MS) : (await answers.post(target, line)) !== undefined;
    if (await post(sheet)) return;
    await post(wordsOf(sheet));
  });
}

/** Whether all of a group may see a page: in a group's sheet stands nothing that was made elsewhere, of whoever asks either. */
const isForAll = ({ clips }: GalleryPage, chat: string): boolean =>
  !chat.startsWith('-') || clips.every(({ place }) => place.chat === chat);

/** In the private chat of the one who asked, which may have to be begun by them. */
async function showAlone(
  reply: Extract<Reply, { type: 'clips' }>,
  { say, lead, origin: { requester, locale } }: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const words = messagesFor(locale).telegram;
  const alone = privatePlaceOf(requester.id);
  if (!alone) return say(messagesFor(locale).clips.asYourself, { isRefusal: true });
  await deps.answers.later(async () => {
    const at = await deps.answers.post({ chat: alone.chat }, await sheetOf(reply, locale, deps));
    if (at) return say(words.clipsAlone);
    return lead ? lead(words.clipsNeedStart) : say(words.clipsNeedStart, { isRefusal: true });
  });
}

/** Takes a press of a button that leads to another page. */
export async function takeTurn(query: CallbackQuery, turn: Turn, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const refuse = (text: string) => answerPress(query, text, true, deps);
  const buttons = shown && 'reply_markup' in shown ? (shown.reply_markup?.inline_keyboard.flat() ?? []) : [];
  // Data that a client makes up turns no message into a page that was none.
  const isSheet = buttons.some((button) => readTurn(dataOf(button) ?? '')?.view === turn.view);
  if (!shown || shown.date === 0 || !isSheet) return refuse(messagesFor(locale).telegram.oldButton);
  const place = placeOf(shown);
  const origin = { requestKey: `telegram:press:${query.id}`, requester: personOf(from), place, locale };
  const reply = await turnPage({ origin, ...turn }, deps);
  if (reply.type !== 'clips') return refuse('text' in reply ? reply.text : '');
  if (!isForAll(reply.page, place.chat)) return refuse(messagesFor(locale).telegram.clipsNotHere);
  await answerPress(query, '', false, deps);
  const at = { chat: place.chat, message: shown.message_id };
  await deps.answers.later(
    async () => {
      if (place.chat.startsWith('-'))
        await goesSoon(deps.store, { platform: PLATFORM, at: writeRef(at), staysMs: STAYS_MS });
      const sheet = await sheetOf(reply, locale, deps);
      await redraw(at, 'text' in shown ? wordsOf(sheet) : sheet, deps);
    },
    `sheet:${writeRef(at)}`,
  );
}

/** The same where no pictures may be sent. */
const wordsOf = ({ text, entities, keyboard }: TextMessage): TextMessage => ({ text, entities, keyboard });

async function redraw(
  { chat, message }: { chat: string; message: number },
  { photo, text, entities, keyboard }: TextMessage,
  { answers, poster, keyboards }: ReceiveDeps,
): Promise<void> {
  keyboards.forget({ chat, message });
  const how = { priority: 'answer', key: `sheet:${chat}:${message}` } as const;
  const caption = { caption: text, caption_entities: entities };
  await answers.patiently(() =>
    poster.throttled(chat, how, (api, signal) => {
      if (!photo) return api.editMessageText(chat, message, text, { entities, reply_markup: keyboard }, signal);
      const media = { type: 'photo' as const, media: new InputFile(photo, 'clips.jpg'), ...caption };
      return api.editMessageMedia(chat, message, media, { reply_markup: keyboard }, signal);
    }),
  );
}

async function sheetOf(
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
  return { ...lines(title, ...told), photo: clips.length > 0 ? await files.sheet(clips) : undefined, keyboard };
}

/** Number, scene, whose, how old, how many stars. */
async function lineOf(
  task: Task,
  { n, locale, now, room }: { n: number; locale: string; now: number; room: number },
  { tasks }: Pick<Store, 'tasks'>,
): Promise<Text> {
  const words = messagesFor(locale);
  const { scene, shows, options, at } = task;
  const author = shows === undefined ? undefined : await tasks.get(shows);
  const by = words.clips.by(shortened((author ?? task).requester.name, MAX_NAME));
  const stars = starsOf(task);
  const about = [
    words.clips.ago(now - (at.delivered ?? now)),
    ...(stars > 0 ? [words.actions.star.counted(stars)] : []),
  ].join(' · ');
  const left = room - `${n}.  ·  · `.length - by.length - Math.min(about.length, MAX_ABOUT);
  // What breaks up live words of a covered scene takes room, too.
  const shown = shortened(
    (scene || words.wordless).replace(/\s+/g, ' '),
    options.spoiler ? Math.floor(left / 2) : left,
  );
  return row(
    plain(`${n}. `),
    sceneOf(shown, options),
    plain(' · '),
    quoted(by),
    plain(` · ${shortened(about, MAX_ABOUT)}`),
  );
}

function keyboardOf({ view, number, hasOlder, clips }: GalleryPage, n: number, locale: string): InlineKeyboardMarkup {
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
    ...(number > 0 ? [{ text: words.newer, callback_data: writeTurn({ view, number: number - 1 }) }] : []),
    ...(hasOlder ? [{ text: words.older, callback_data: writeTurn({ view, number: number + 1 }) }] : []),
  ];
  return { inline_keyboard: turns.length > 0 ? [...rows, turns] : rows };
}
