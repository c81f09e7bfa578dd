import { DRAFT_MS } from '../../../store/values.ts';
import { sha256 } from '../../../util/hash.ts';
import { SERVICE } from '../places.ts';
import type { ReceiveDeps } from './deps.ts';
import type { PictureIntent } from './incoming.ts';
import type { IncomingMessage } from './message.ts';

/** `/animate @other_bot …`: bots' names end so, https://core.telegram.org/bots/features#creating-a-new-bot. */
const NAMES_ANOTHER = /^@\w+bot(?!\w)/i;

/**
 * Whether a picture is this bot's to take, where others of the program may hear it, too: who is named takes it, else who
 * heard it first, on record. Which message it is its chat, second and sender say, as in a basic group each bot has other
 * numbers for it.
 */
export async function isTakenHere(
  { message, requester, isEdited }: IncomingMessage,
  { isNamed, words }: PictureIntent,
  { platform, isAlone, store }: Pick<ReceiveDeps, 'platform' | 'isAlone' | 'store'>,
): Promise<boolean> {
  const { chat, date } = message;
  if (isAlone || chat.type === 'private') return true;
  if (!isNamed && NAMES_ANOTHER.test(words)) return false;
  // Who heard it first is known for a day.
  if (isEdited && store.now() - date * 1_000 >= DRAFT_MS) return false;
  const said = sha256(`${chat.id} ${date} ${requester.id}`);
  const first = await store.drafts.first({ key: `${SERVICE}:heard:${said}`, data: platform });
  return isNamed || first === platform;
}
