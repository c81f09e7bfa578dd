/** The same work, done once for all callers until it begins: it covers the writes of each of them before. */
export function shared(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= current.then(() => {
      next = undefined;
      const begun = work();
      current = begun.catch(() => {});
      return begun;
    });
    return next;
  };
}
