import { NoRoom } from '../../util/semaphore.ts';

/** A body that arrives. */
export interface Arrival {
  /** Bytes of it that are here; the room counts them. */
  held: number;
  /** Whether too little of it came lately. */
  isSlow(): boolean;
  /** Ends it, so that others have its room. */
  giveWay(): void;
}

export interface RoomOptions {
  /** For all together, in bytes. */
  bytes: number;
  /** So many may wait for room, and so long. */
  maxWaiting: number;
  maxWaitMs: number;
  /** While one waits, slow ones are looked for each time that so much has passed. */
  pressMs: number;
}

/**
 * Room in memory for bodies that arrive. The bytes that are here count, not those that are announced; so that not all have
 * a part and none its whole, one at a time goes on beyond the room.
 */
export function createRoom({ bytes, maxWaiting, maxWaitMs, pressMs }: RoomOptions) {
  const arriving = new Set<Arrival>();
  /** First come, first served. */
  const waiting = new Map<Arrival, { more: number; admit: () => void; cancel: () => void }>();
  let held = 0;
  let beyond: Arrival | undefined;
  let pressing: NodeJS.Timeout | undefined;

  function put(arrival: Arrival, more: number): void {
    arrival.held += more;
    held += more;
  }
  function free(arrival: Arrival): void {
    held -= arrival.held;
    arrival.held = 0;
    arriving.delete(arrival);
    if (beyond === arrival) beyond = undefined;
  }
  const fits = (more: number): boolean => held + more <= bytes;

  function admitNext(): void {
    for (const [arrival, { more, admit }] of waiting) {
      if (!fits(more)) beyond ??= arrival;
      if (!fits(more) && beyond !== arrival) return;
      admit();
    }
  }

  /** Slow ones give way to the first that waits, those that hold most before others. */
  function press(): void {
    const slow = [...arriving].filter((each) => each.held > 0 && !waiting.has(each) && each.isSlow());
    for (const each of slow.sort((one, other) => other.held - one.held)) {
      const [first] = waiting.values();
      if (!first || fits(first.more)) break;
      free(each);
      each.giveWay();
    }
    admitNext();
  }

  function wait(arrival: Arrival, more: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (waiting.size >= maxWaiting) return reject(new NoRoom('too many wait already'));
      function cancel(): void {
        clearTimeout(timer);
        waiting.delete(arrival);
        if (waiting.size > 0) return;
        clearInterval(pressing);
        pressing = undefined;
      }
      function admit(): void {
        cancel();
        put(arrival, more);
        resolve();
      }
      const timer = setTimeout(() => {
        cancel();
        reject(new NoRoom(`no room within ${maxWaitMs} ms`));
      }, maxWaitMs);
      waiting.set(arrival, { more, admit, cancel });
      // What came while the process was busy with something else is read before its sender is called slow.
      pressing ??= setInterval(() => setImmediate(press), pressMs);
      admitNext();
    });
  }

  return {
    enter: (arrival: Arrival): void => void arriving.add(arrival),
    /** Room for so many bytes more of it: at once, or when the promise says so, which may reject with `NoRoom`. */
    take(arrival: Arrival, more: number): Promise<void> | undefined {
      if (beyond !== arrival && (waiting.size > 0 || !fits(more))) return wait(arrival, more);
      put(arrival, more);
      return undefined;
    },
    /** All of it is here: it holds its room until it leaves. */
    complete: (arrival: Arrival): void => void arriving.delete(arrival),
    /** It is over, in whatever way. */
    leave(arrival: Arrival): void {
      waiting.get(arrival)?.cancel();
      free(arrival);
      admitNext();
    },
  };
}
