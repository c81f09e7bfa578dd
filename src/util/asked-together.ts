import { setImmediate as turn } from 'node:timers/promises';

/** Makes one question, of `most` parts, of what is asked for in one turn of the event loop. Nothing waits for an earlier answer. */
export function askedTogether<In, Out>(
  /** The answers, in the order of the parts. */
  ask: (all: In[]) => Promise<Out[]>,
  most: number,
): (one: In) => Promise<Out | undefined> {
  let next: { all: In[]; answers: Promise<Out[]> } | undefined;

  async function askAll(all: In[]): Promise<Out[]> {
    await turn();
    if (next?.all === all) next = undefined;
    return ask(all);
  }

  return async (one) => {
    if (!next || next.all.length >= most) {
      const all: In[] = [];
      next = { all, answers: askAll(all) };
    }
    const { all, answers } = next;
    const at = all.push(one) - 1;
    return (await answers)[at];
  };
}
