import { createNamedSemaphores, NoRoom } from '../../util/semaphore.ts';

/** Runs work one at a time, in order, among what has the same name. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What has waited longer for its turn is not begun: it throws what `late` makes. */
export function createTurns(patienceMs: number, late: () => Error): Turns {
  const inTurn = createNamedSemaphores<string>({ maxWaitMs: patienceMs });
  return (name, work) =>
    inTurn(name, work).catch((error: unknown) => {
      throw error instanceof NoRoom ? late() : error;
    });
}
