import { setImmediate as turn } from 'node:timers/promises';
import { StoreUnavailable } from '../store.ts';

/** Does in one go what is asked of it in one turn of the event loop, then what was asked meanwhile. */
export type Batched = <In, Out>(work: Work<In, Out>) => (one: In) => Promise<Out>;
/** All of it; says how it went for each. */
type Work<In, Out> = (batch: In[]) => Promise<(one: In) => Out>;

interface Asked<In, Out> {
  one: In;
  at: number;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/** So many writes in one command, which then has a few hundred kilobytes at most. */
const MOST = 100;

/** What has waited longer to begin throws what `late` makes, as with turns. */
export function createBatched(patienceMs: number, late: () => Error): Batched {
  return <In, Out>(work: Work<In, Out>) => {
    const waiting: Asked<In, Out>[] = [];
    let working = false;

    async function workAll(): Promise<void> {
      working = true;
      await turn();
      while (waiting.length > 0) {
        const batch = waiting.splice(0, MOST);
        const isLate = ({ at }: Asked<In, Out>) => performance.now() - at > patienceMs;
        for (const { reject } of batch.filter(isLate)) reject(late());
        await workOn(batch.filter((each) => !isLate(each)));
      }
      working = false;
    }

    async function workOn(batch: Asked<In, Out>[]): Promise<void> {
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

    return (one: In): Promise<Out> =>
      new Promise((resolve, reject) => {
        waiting.push({ one, at: performance.now(), resolve, reject });
        if (!working) void workAll();
      });
  };
}
