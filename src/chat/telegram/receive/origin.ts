import type { Standing } from '../../../../commands/settings/standing.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { channelsOf, personIdOf, SERVICE } from '../places.ts';
import type { ReceiveDeps } from './deps.ts';
import { isAdministrator } from './rights.ts';

/** A request with what is known of its person there. `isForum`: the group has topics, as far as that was told. */
export const originOf = (
  asked: Omit<RequestOrigin, 'standing'>,
  deps: Pick<ReceiveDeps, 'tg'>,
  { isForum = false } = {},
): RequestOrigin => ({ ...asked, standing: standingOf(asked, deps, isForum) });

function standingOf(
  { requester: { id }, place: { chat, thread } }: Pick<RequestOrigin, 'requester' | 'place'>,
  { tg }: Pick<ReceiveDeps, 'tg'>,
  isForum: boolean,
): Standing {
  if (!chat.startsWith('-')) return { isAlone: true, hasCovers: true, manages: () => true };
  return {
    hasCovers: true,
    manages() {
      // Only its administrators write as the group itself.
      if (id === `${SERVICE}:${chat}`) return true;
      const person = personIdOf(id);
      return person !== undefined && isAdministrator(tg, { chat, person });
    },
    channels: channelsOf({ thread }),
    hasChannels: isForum || thread !== undefined,
  };
}
