import { z } from 'zod';
import type { Admission, Quota } from '../../../commands/admission.ts';
import type { Asked } from '../../../commands/limits.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Look } from '../../store/look.ts';
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
  const dayKey = (): string => `web-sender:${from}:${Math.floor(store.now() / DAY_MS)}`;
  /** Who else came from there today. */
  const othersThan = async ({ requester: { id } }: Pick<Asked, 'requester'>): Promise<string[]> =>
    idsIn((await store.drafts.get(dayKey()))?.data).filter((each) => each !== id);

  async function quota(asked: Parameters<Admission['quota']>[0], known?: string[]): Promise<Quota> {
    const own = await inner.quota(asked);
    if (own.mostToday === undefined) return own;
    const others = known ?? (await othersThan(asked));
    const theirs = await Promise.all(
      others.map((id) => inner.quota(withChanges(asked, { requester: { id, name: '' } }))),
    );
    return withChanges(own, { today: theirs.reduce((sum, { today }) => sum + today, own.today) });
  }

  return Object.assign({}, inner, {
    within: (chosen: Parameters<Admission['within']>[0]) => admissionFrom(inner.within(chosen), from, store),
    quota: (asked: Parameters<Admission['quota']>[0]) => quota(asked),
    leftNote: (asked: Asked) => inner.leftNote(asked, quota),
    async denialReason(asked: Asked, takes = 1, look?: Look): Promise<string | undefined> {
      const denial = await inner.denialReason(asked, takes, look);
      if (denial !== undefined) return denial;
      const others = await othersThan(asked);
      const { today, mostToday } = await quota(asked, others);
      if (mostToday === undefined) return undefined;
      const left = mostToday - today;
      const words = messagesFor(asked.locale).request;
      if (left <= 0 || others.length >= MAX_TOGETHER) return words.personHadEnough(mostToday, { isShared: false });
      if (takes > left) return words.fewerTakes(left, takes);
      await store.drafts.put({ key: dayKey(), data: [asked.requester.id, ...others].map(encoded) });
      return undefined;
    },
  });
}

/** Not as they stand elsewhere: who asks to be forgotten, and goes on as another, has no second allowance by that. */
const encoded = (id: string): string => Buffer.from(id).toString('base64');
const idsIn = (data: unknown): string[] =>
  (z.array(z.string()).safeParse(data).data ?? []).map((each) => Buffer.from(each, 'base64').toString());
