import { setImmediate as turn } from 'node:timers/promises';

/**
 * Makes one question of what is asked for in one turn of the event loop, of parts that weigh `most` together. Nothing waits
 * for an earlier answer.
 */
export function askedTogether<In, Out>(
  /** The answers, in the order of the parts. */
  ask: (all: In[]) => Promise<Out[]>,
  most: number,
  weightOf: (one: In) => number = () => 1,
): (one: In) => Promise<Out | undefined> {
  let next: { all: In[]; weight: number; answers: Promise<Out[]> } | undefined;

  async function askAll(all: In[]): Promise<Out[]> {
    await turn();
    if (next?.all === all) next = undefined;
    return ask(all);
  }

  return async (one) => {
    const weight = weightOf(one);
    if (!next || next.weight + weight > most) {
      const all: In[] = [];
      next = { all, weight: 0, answers: askAll(all) };
    }
    next.weight += weight;
    const { all, answers } = next;
    const at = all.push(one) - 1;
    return (await answers)[at];
  };
}
