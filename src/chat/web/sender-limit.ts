import { z } from 'zod';
import type { Admission } from '../../../commands/admission.ts';
import type { Asked } from '../../../commands/limits.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Store } from '../../store/store.ts';
import { withChanges } from '../../util/with-changes.ts';

/** Browsers that are counted together; past that a new one is refused. */
const MAX_TOGETHER = 50;
const DAY_MS = 24 * 3_600_000;

/**
 * Holds who comes from one place, whatever browsers they come by, to what one person may have a day: a browser that throws
 * its mark away is a new person, and would have all of it again. Counted like a person's own: from what is on record.
 */
export const heldTogether = (deps: CommandDeps, from: string): CommandDeps =>
  withChanges(deps, { admission: admissionFrom(deps.admission, from, deps.store) });

function admissionFrom(inner: Admission, from: string, store: Pick<Store, 'drafts' | 'now'>): Admission {
  return Object.assign({}, inner, {
    within: (chosen: Parameters<Admission['within']>[0]) => admissionFrom(inner.within(chosen), from, store),
    async denialReason(asked: Asked, takes = 1): Promise<string | undefined> {
      const denial = await inner.denialReason(asked, takes);
      const { mostToday } = await inner.quota(asked);
      if (denial !== undefined || mostToday === undefined) return denial;
      const { id } = asked.requester;
      const key = `web-sender:${from}:${Math.floor(store.now() / DAY_MS)}`;
      const others = idsIn((await store.drafts.get(key))?.data).filter((each) => each !== id);
      const quotas = [id, ...others].map((each) => inner.quota({ ...asked, requester: { id: each, name: '' } }));
      const left = (await Promise.all(quotas)).reduce((most, { today }) => most - today, mostToday);
      const words = messagesFor(asked.locale).request;
      if (left <= 0 || others.length >= MAX_TOGETHER) return words.personHadEnough(mostToday, { isShared: false });
      if (takes > left) return words.fewerTakes(left, takes);
      await store.drafts.put({ key, data: [id, ...others].map(encoded) });
      return undefined;
    },
  });
}

/** Not as they stand elsewhere: who asks to be forgotten, and goes on as another, has no second allowance by that. */
const encoded = (id: string): string => Buffer.from(id).toString('base64');
const idsIn = (data: unknown): string[] =>
  (z.array(z.string()).safeParse(data).data ?? []).map((each) => Buffer.from(each, 'base64').toString());
