import { statSync } from 'node:fs';

/** How soon it is noticed where nothing is written; each write looks for itself. */
const LOOK_MS = 1_000;

/** Which file stands at a path; undefined where none does. */
export function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/**
 * Looks whether open files still stand where they were opened: one that was deleted or replaced goes on taking writes,
 * and all of them end with this process. `moved` hears it once, at a look of its own.
 */
export function watchFiles(paths: readonly string[], moved: () => void) {
  const opened = paths.map(fileAt);

  function areInPlace(): boolean {
    try {
      return paths.every((path, i) => fileAt(path) === opened[i]);
    } catch {
      // The folder cannot be looked at now, which says nothing of the files.
      return true;
    }
  }

  const timer = setInterval(() => {
    if (areInPlace()) return;
    clearInterval(timer);
    moved();
  }, LOOK_MS);
  timer.unref();
  return { areInPlace, stop: () => clearInterval(timer) };
}
