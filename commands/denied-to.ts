import { messagesFor } from '../src/messages/messages.ts';
import type { Reply } from './reply.ts';
import type { Command, RequestOrigin } from './table.ts';

/** The refusal of a command that is not for this person; undefined where it is. */
export async function deniedTo(
  who: Command['who'],
  { standing, locale }: Pick<RequestOrigin, 'standing' | 'locale'>,
): Promise<Reply | undefined> {
  if (who === 'all' || (await standing?.manages?.())) return undefined;
  return { type: 'refused', text: messagesFor(locale).settings.notYours };
}
