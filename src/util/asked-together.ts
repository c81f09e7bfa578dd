import { setImmediate as turn } from 'node:timers/promises';

/** Makes one question, of `most` keys, of what is asked for in one turn of the event loop. Nothing waits for an earlier answer. */
export function askedTogether<Out>(
  ask: (keys: string[]) => Promise<Map<string, Out>>,
  most: number,
): (key: string) => Promise<Out | undefined> {
  let next: { keys: Set<string>; answers: Promise<Map<string, Out>> } | undefined;

  async function askAll(keys: Set<string>): Promise<Map<string, Out>> {
    await turn();
    if (next?.keys === keys) next = undefined;
    return ask([...keys]);
  }

  return async (key) => {
    if (!next || next.keys.size >= most) {
      const keys = new Set<string>();
      next = { keys, answers: askAll(keys) };
    }
    next.keys.add(key);
    return (await next.answers).get(key);
  };
}
