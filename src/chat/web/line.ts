/** Room for so much at once; who finds none waits, first come, first served. */
export interface Line {
  /** Resolves to what gives the room back, or to undefined where it took too long or too many wait already. */
  enter(size: number): Promise<(() => void) | undefined>;
}

/** `size` and `room` in the same unit; whatever needs more than all of it gets all of it. */
export function createLine(options: { room: number; maxWaiting: number; maxWaitMs: number }): Line {
  const { room, maxWaiting, maxWaitMs } = options;
  const waiting = new Set<{ size: number; admit: () => void }>();
  let used = 0;

  function admitNext(): void {
    for (const next of waiting) {
      if (used + next.size > room) return;
      next.admit();
    }
  }

  function take(size: number): () => void {
    used += size;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      used -= size;
      admitNext();
    };
  }

  return {
    async enter(wanted) {
      const size = Math.min(wanted, room);
      if (waiting.size === 0 && used + size <= room) return take(size);
      if (waiting.size >= maxWaiting) return undefined;
      return new Promise((resolve) => {
        const place = {
          size,
          admit: () => {
            clearTimeout(timer);
            waiting.delete(place);
            resolve(take(size));
          },
        };
        const timer = setTimeout(() => {
          waiting.delete(place);
          resolve(undefined);
          admitNext();
        }, maxWaitMs);
        waiting.add(place);
      });
    },
  };
}
