/** Tells who waits that something in the stand-in's world has changed. */
export interface News {
  /** Counts the changes. */
  version(): number;
  changed(): void;
  /** Resolves at the next change after that version, or after so many real milliseconds. */
  after(version: number, withinMs: number): Promise<void>;
  /**
   * Resolves with what `find` gives as soon as that is neither undefined, null nor false; asked after each change.
   * Throws after so many real milliseconds.
   */
  until<T>(find: () => T | undefined | null | false, options?: { withinMs?: number; what?: string }): Promise<T>;
}

export function createNews(): News {
  let version = 0;
  const listeners = new Set<() => void>();

  const news: News = {
    version: () => version,
    changed() {
      version++;
      for (const listener of [...listeners]) listener();
    },
    after: (seen, withinMs) =>
      new Promise((resolve) => {
        if (version > seen) return resolve();
        const done = () => {
          clearTimeout(timer);
          listeners.delete(done);
          resolve();
        };
        const timer = setTimeout(done, withinMs);
        listeners.add(done);
      }),
    until: (find, { withinMs = 20_000, what = find.toString() } = {}) =>
      new Promise((resolve, reject) => {
        const late = new Error(`after ${withinMs} ms still not: ${what}`);
        const end = () => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const look = () => {
          try {
            const found = find();
            if (found === undefined || found === null || found === false) return;
            end();
            resolve(found);
          } catch (error) {
            end();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          end();
          reject(late);
        }, withinMs);
        listeners.add(look);
        look();
      }),
  };
  return news;
}
