/** Runs work when there is room for it: at once, or after all that came before. */
export type Semaphore = <T>(work: () => Promise<T>, how?: { weight?: number; signal?: AbortSignal }) => Promise<T>;

export interface SemaphoreOptions {
  /** So much at once, in the unit of the weights; 1 where it is not said: one at a time, in order. */
  room?: number;
  /** As many may wait. */
  maxWaiting?: number;
  /** And so long. */
  maxWaitMs?: number;
}

/** Too many wait already, or the work has waited for too long: it was not begun. */
export class NoRoom extends Error {
  override name = 'NoRoom';
}

/**
 * First come, first served, also where a later and lighter one would fit. Work that weighs more than the room takes
 * all of it. Work that waits is given up with its signal's reason, or with `NoRoom`; it holds up none behind it then.
 */
export function createSemaphore({ room = 1, maxWaiting, maxWaitMs }: SemaphoreOptions = {}): Semaphore {
  const waiting = new Set<{ weight: number; admit: () => void }>();
  let free = room;

  function admitNext(): void {
    for (const next of waiting) {
      if (next.weight > free) return;
      free -= next.weight;
      next.admit();
    }
  }

  function turn(weight: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (maxWaiting !== undefined && waiting.size >= maxWaiting) throw new NoRoom('too many wait already');
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        waiting.delete(place);
      };
      const giveUp = (why: unknown) => {
        leave();
        reject(why);
        admitNext();
      };
      const place = {
        weight,
        admit: () => {
          leave();
          resolve();
        },
      };
      const abort = () => giveUp(signal?.reason);
      const tooLate = () => giveUp(new NoRoom(`no room within ${maxWaitMs} ms`));
      const timer = maxWaitMs === undefined ? undefined : setTimeout(tooLate, maxWaitMs);
      signal?.addEventListener('abort', abort, { once: true });
      waiting.add(place);
    });
  }

  return async (work, { weight: wanted = 1, signal } = {}) => {
    const weight = Math.min(wanted, room);
    if (waiting.size === 0 && weight <= free) free -= weight;
    else await turn(weight, signal);
    try {
      return await work();
    } finally {
      free += weight;
      admitNext();
    }
  };
}

/** A semaphore for each name, forgotten when nothing runs or waits there. */
export function createNamedSemaphores<Name>(
  options: SemaphoreOptions = {},
): <T>(name: Name, work: () => Promise<T>) => Promise<T> {
  const all = new Map<Name, { run: Semaphore; users: number }>();
  return async (name, work) => {
    const own = all.get(name) ?? { run: createSemaphore(options), users: 0 };
    all.set(name, own);
    own.users++;
    try {
      return await own.run(work);
    } finally {
      if (--own.users === 0) all.delete(name);
    }
  };
}
