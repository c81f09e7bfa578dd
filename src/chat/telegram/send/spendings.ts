import { z } from 'zod';
import type { Store } from '../../../store/store.ts';
import type { Log } from '../../../util/log.ts';
import type { Spendings } from './accounts.ts';
import { GROUP } from './send-window.ts';

const spentSchema = z.array(z.number());
const nameOf = (chat: string): string => `telegram:${chat}`;

/** The calls that were made in groups, on record: a restart does not make a new minute. */
export function createSpendings({
  store,
  log,
}: {
  store: Pick<Store, 'spendings'>;
  log: Pick<Log, 'warn'>;
}): Spendings {
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
