import { gather } from '../../util/gather.ts';
import { StoreUnavailable } from '../store.ts';

/** Does in one go what is asked of it in one turn of the event loop, then what was asked meanwhile. */
export type Batched = <In, Out>(work: Work<In, Out>) => (one: In) => Promise<Out>;
/** All of it; says how it went for each. */
type Work<In, Out> = (batch: In[]) => Promise<(one: In) => Out>;

interface Pending<In, Out> {
  one: In;
  at: number;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/** So many writes in one command, which then has a few hundred kilobytes at most. */
const MOST = 100;

/** What has waited longer to begin throws what `late` makes, as with turns. */
export function createBatched(patienceMs: number, late: () => Error, now = () => performance.now()): Batched {
  return <In, Out>(work: Work<In, Out>) => {
    async function workOn(asked: Pending<In, Out>[]): Promise<void> {
      const since = now() - patienceMs;
      for (const { at, reject } of asked) if (at < since) reject(late());
      const batch = asked.filter(({ at }) => at >= since);
      if (batch.length === 0) return;
      try {
        const outOf = await work(batch.map(({ one }) => one));
        for (const { one, resolve } of batch) resolve(outOf(one));
      } catch (error) {
        // Each alone, so that one spoils nothing for the others; but where the server is at fault that changes nothing.
        if (batch.length > 1 && !(error instanceof StoreUnavailable)) for (const each of batch) await workOn([each]);
        else for (const { reject } of batch) reject(error);
      }
    }

    const { add } = gather(workOn, MOST);
    return (one: In): Promise<Out> => new Promise((resolve, reject) => add({ one, at: now(), resolve, reject }));
  };
}
