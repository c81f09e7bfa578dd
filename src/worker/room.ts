import type { Clock } from '../util/clock.ts';

/** Runs of a process that may be with one service or one platform at once: however slow it is, some are left for the others. */
const MAX_WITH_ONE = 24;
/** What finds no room comes again one after the other, in order, so that however much is put off costs a process no more. */
const AGAIN = { leastMs: 1_000, eachMs: 25, mostMs: 120_000 };

/** Room for the runs of a process with each service and platform that they talk to. */
export type Room = ReturnType<typeof createRoom>;
export type Visitor = ReturnType<Room['visitor']>;

export function createRoom({ clock }: { clock: Clock }) {
  /** By name: services and platforms that are configured, so there are few. */
  const inside = new Map<string, number>();
  const nextAt = new Map<string, number>();
  const hasRoom = (name: string): boolean => (inside.get(name) ?? 0) < MAX_WITH_ONE;

  /** When to come again, in milliseconds: behind all that were put off before. */
  function putOff(name: string): number {
    const now = clock.now();
    const at = Math.min(Math.max((nextAt.get(name) ?? 0) + AGAIN.eachMs, now + AGAIN.leastMs), now + AGAIN.mostMs);
    nextAt.set(name, at);
    return at - now;
  }

  return {
    hasRoom,
    /** A run: it is with one at a time. */
    visitor() {
      let at: string | undefined;
      function leave(): void {
        if (at !== undefined) inside.set(at, (inside.get(at) ?? 1) - 1);
        at = undefined;
      }
      return {
        leave,
        /** Goes there from where it is; `undefined`: to none. Where there is no room, when to come again, in milliseconds. */
        goTo(name: string | undefined): number | undefined {
          if (name === at) return undefined;
          leave();
          if (name === undefined) return undefined;
          if (!hasRoom(name)) return putOff(name);
          inside.set(name, (inside.get(name) ?? 0) + 1);
          at = name;
          return undefined;
        },
      };
    },
  };
}
