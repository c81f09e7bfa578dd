import { placeKey } from '../src/store/keys.ts';
import type { Look } from '../src/store/look.ts';
import type { Store } from '../src/store/store.ts';
import { personOf } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { createLately } from '../src/util/lately.ts';
import { DAY_MS } from './counted-today.ts';
import type { Asked, Limits } from './limits.ts';

/** Who asks, where, and of which provider. */
export type Asker = Pick<Asked, 'requester' | 'place' | 'provider'>;

/** What was asked ahead is as it was so long ago at most. */
const AHEAD_MS = 250;

/** What admission asks of the record about a request; some of it ahead, along with what else is read where it is heard. */
export function createLooks({ store, isPaid }: { store: Store; isPaid: (provider: string) => boolean }) {
  // Another process may insert since: as many of its requests as between a look and its insert.
  const ahead = createLately<Look>(AHEAD_MS);

  function now(asked: Asker, { holders }: Pick<Limits, 'holders'>, requestKey?: string): Promise<Look> {
    const { person, chat } = holders(asked);
    return store.lookAt({
      requestKey,
      request: requestKey === undefined ? undefined : sha256(requestKey),
      underWay: [person, chat].map(({ whose, mostWaiting }) => (mostWaiting === undefined ? undefined : whose)),
      moderated: isPaid(asked.provider)
        ? { person: sha256(personOf(asked.requester)), since: store.now() - DAY_MS }
        : undefined,
      next: requestKey === undefined ? undefined : asked,
    });
  }

  return {
    now,
    /** Never throws, and holds up nothing. What is set there says nothing of what waits. */
    begin(asked: Asker, limits: Pick<Limits, 'holders'>, requestKey: string): void {
      ahead.get(nameOf(asked, requestKey), () => now(asked, limits, requestKey)).catch(() => {});
    },
    /** What was begun, once: a request that is tried again is looked up anew. */
    async take(asked: Asker, limits: Pick<Limits, 'holders'>, requestKey: string): Promise<Look> {
      const name = nameOf(asked, requestKey);
      return ahead.get(name, () => now(asked, limits, requestKey)).finally(() => ahead.drop(name));
    },
    /** Something is on record that what was begun does not know of. */
    drop: ahead.dropAll,
  };
}

/** A question is known by all that it is about. */
const nameOf = ({ provider, requester, place }: Asker, requestKey: string): string =>
  JSON.stringify([requestKey, provider, personOf(requester), placeKey(place)]);
