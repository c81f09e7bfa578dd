import { z } from 'zod';
import type { Store } from '../../../store/store.ts';
import type { Log } from '../../../util/log.ts';
import type { OfBot } from '../places.ts';
import type { Spendings } from './accounts.ts';
import { GROUP } from './send-window.ts';

const spentSchema = z.array(z.number());

/** The calls that a bot made in groups, on record: a restart does not make a new minute. */
export function createSpendings({
  platform,
  store,
  log,
}: OfBot & {
  store: Pick<Store, 'spendings'>;
  log: Pick<Log, 'warn'>;
}): Spendings {
  const nameOf = (chat: string): string => `${platform}:${chat}`;
  const trouble = (error: unknown) => log.warn({ err: error }, 'what was spent of a group’s minute is not on record');
  return {
    async load(chat) {
      const found = await store.spendings.get(nameOf(chat)).catch(trouble);
      return spentSchema.safeParse(found).data ?? [];
    },
    save(chat, spent) {
      void store.spendings.put(nameOf(chat), spent, GROUP.perMs).catch(trouble);
    },
  };
}
