import { InputFile } from 'grammy';
import type { CallbackQuery } from 'grammy/types';
import { turnPage } from '../../../../commands/gallery.ts';
import type { GalleryPage, Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { goesSoon } from '../../kit/goes-soon.ts';
import { dataOf } from '../buttons.ts';
import { personOf, placeOf, privatePlaceOf, writeRef } from '../places.ts';
import type { TextMessage } from '../send/post.ts';
import { answerPress } from './answer-press.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { type PageTurn, readPageTurn, sheetOf, wordsOf } from './sheet.ts';

/** What stands in a group for the one who asked goes after this, from the last turn of a page on. */
const STAYS_MS = 5 * 60_000;

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
  const alone = privatePlaceOf(requester.id, deps);
  if (!alone) return say(messagesFor(locale).clips.asYourself, { isRefusal: true });
  await deps.answers.later(async () => {
    const at = await deps.answers.post({ chat: alone.chat }, await sheetOf(reply, locale, deps));
    if (at) return say(words.clipsAlone);
    return lead ? lead(words.clipsNeedStart) : say(words.clipsNeedStart, { isRefusal: true });
  });
}

/** Takes a press of a button that leads to another page. */
export async function takePageTurn(query: CallbackQuery, turn: PageTurn, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const refuse = (text: string) => answerPress(query, text, true, deps);
  const buttons = shown && 'reply_markup' in shown ? (shown.reply_markup?.inline_keyboard.flat() ?? []) : [];
  // Data that a client makes up turns no message into a page that was none.
  const isSheet = buttons.some((button) => readPageTurn(dataOf(button) ?? '')?.view === turn.view);
  if (!shown || shown.date === 0 || !isSheet) return refuse(messagesFor(locale).telegram.oldButton);
  const place = placeOf(shown, deps);
  const origin = { requestKey: `${deps.platform}:press:${query.id}`, requester: personOf(from), place, locale };
  const reply = await turnPage({ origin, ...turn }, deps);
  if (reply.type !== 'clips') return refuse('text' in reply ? reply.text : '');
  if (!isForAll(reply.page, place.chat)) return refuse(messagesFor(locale).telegram.clipsNotHere);
  await answerPress(query, '', false, deps);
  const at = { chat: place.chat, message: shown.message_id };
  await deps.answers.later(
    async () => {
      if (place.chat.startsWith('-'))
        await goesSoon(deps.store, { platform: deps.platform, at: writeRef(at), staysMs: STAYS_MS });
      const sheet = await sheetOf(reply, locale, deps);
      await redraw(at, 'text' in shown ? wordsOf(sheet) : sheet, deps);
    },
    `sheet:${writeRef(at)}`,
  );
}

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
