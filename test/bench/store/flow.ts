/** How much is done: so many tasks, never more than `atOnce` of them under way. */
export interface Load {
  tasks: number;
  atOnce: number;
}

export interface Flow {
  /** Resolves to the seconds until all tasks have ended; rejects with the first thing that goes wrong. */
  run(): Promise<number>;
  /** A task has ended: the next one begins. */
  ended(): void;
  fail(error: unknown): void;
}

/** Begins one task after the other, as a steady stream of people would. */
export function createFlow({ tasks, atOnce }: Load, begin: (n: number) => Promise<unknown>): Flow {
  let finish = () => {};
  let fail: Flow['fail'] = () => {};
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  let begun = 0;
  let over = 0;
  const next = () => {
    if (begun < tasks) begin(begun++).catch(fail);
  };
  return {
    async run() {
      const started = performance.now();
      for (let n = 0; n < atOnce; n++) next();
      await done;
      return (performance.now() - started) / 1_000;
    },
    ended() {
      if (++over === tasks) finish();
      else next();
    },
    fail,
  };
}
