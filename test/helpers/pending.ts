import { setImmediate } from 'node:timers/promises';

/** Counts the calls under way into the parts it watches, so that a test's clock moves only when all is quiet. */
export function createPending() {
  let count = 0;
  const waiting: (() => void)[] = [];
  function done(): void {
    count--;
    if (count === 0) for (const goOn of waiting.splice(0)) goOn();
  }

  async function* counted(items: AsyncIterable<unknown>): AsyncIterable<unknown> {
    count++;
    try {
      yield* items;
    } finally {
      done();
    }
  }

  function result(value: unknown): unknown {
    if (value instanceof Promise) {
      count++;
      value.then(done, done);
      return value;
    }
    const iterable = typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
    return iterable ? counted(value as AsyncIterable<unknown>) : value;
  }

  /** The same part; its methods' promises and streams are counted while they last, those of its members too. */
  function watch<T extends object>(part: T): T {
    return new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member === 'function') return (...args: unknown[]) => result(Reflect.apply(member, target, args));
        return typeof member === 'object' && member !== null ? watch(member) : member;
      },
    });
  }

  async function settled(): Promise<void> {
    // Quiet for a few turns of the event loop in a row: what a finished call set off has had its chance to begin.
    for (let quiet = 0; quiet < 4; quiet++) {
      await setImmediate();
      if (count === 0) continue;
      quiet = 0;
      await new Promise<void>((resolve) => void waiting.push(resolve));
    }
  }

  return { watch, settled };
}
