/**
 * Runs `work` so that whoever calls gets a run that began after the call: all who come during one share the next. A run
 * that fails fails for those who shared it.
 */
export function shareRuns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = work();
        return running;
      });
    return next;
  };
}
