import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { privatePlaceOf } from '../places.ts';
import { plain } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';

/** A file for the person alone: in their private chat, which may have to be begun by them. */
export async function showFile(
  { text, name, content }: Extract<Reply, { type: 'file' }>,
  { say, lead, target, origin: { requester, locale } }: Heard,
  { answers, platform }: ReceiveDeps,
): Promise<void> {
  const words = messagesFor(locale).telegram;
  const alone = privatePlaceOf(requester.id, { platform });
  if (!alone) return say(words.fileNeedsStart, { isRefusal: true });
  const line = Object.assign(plain(text), { document: { name, bytes: Buffer.from(content) } });
  const isHere = alone.chat === target.chat;
  await answers.later(async () => {
    const at = await answers.post(isHere ? target : { chat: alone.chat }, line);
    if (at) return isHere ? undefined : say(words.fileAlone);
    return lead ? lead(words.fileNeedsStart) : say(words.fileNeedsStart, { isRefusal: true });
  });
}
