import { messagesFor } from '../src/messages/messages.ts';
import type { Reply } from './reply.ts';
import type { Command, CommandDeps, RequestOrigin } from './table.ts';

type Asking = Pick<RequestOrigin, 'requester' | 'standing' | 'locale'>;

/** Whether this is one of those who run the bot: never who writes under a name that they share. */
export const isOwner = (
  { requester: { id, person } }: Pick<RequestOrigin, 'requester'>,
  { owners = [] }: Pick<CommandDeps, 'owners'>,
): boolean => person === undefined && owners.includes(id);

/** The commands that a person is told of. */
export const toldTo = (
  origin: Pick<RequestOrigin, 'requester'>,
  { commands, owners }: Pick<CommandDeps, 'commands' | 'owners'>,
): Command[] => commands.filter(({ who }) => who !== 'owner' || isOwner(origin, { owners }));

/** The refusal of a command that is not for this person; undefined where it is. */
export async function deniedTo(
  who: Command['who'],
  asking: Asking,
  deps: Pick<CommandDeps, 'owners'>,
): Promise<Reply | undefined> {
  if (who === 'all' || (who === 'owner' && isOwner(asking, deps))) return undefined;
  if (who === 'managers' && (await asking.standing?.manages?.())) return undefined;
  const { settings, admin } = messagesFor(asking.locale);
  return { type: 'refused', text: who === 'owner' ? admin.notYours : settings.notYours };
}
