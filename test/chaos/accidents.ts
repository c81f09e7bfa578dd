import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_MS } from '../../src/store/tasks.ts';
import type { S3Server } from '../helpers/s3-server.ts';
import type { Disk } from './disk.ts';
import type { Victim } from './process.ts';

/** What accidents can be done to. */
export interface Harmed {
  victims: readonly Victim[];
  /** Kills and restarts the database's server, where there is one. */
  restartDatabase?: () => Promise<void>;
  /** Object storage, where pictures and clips are in it. */
  storage?: Pick<S3Server, 'kill' | 'start' | 'pause' | 'resume'>;
  disk: Disk | undefined;
}

interface Accident {
  /** How long it is from one to the next, more or less, in a run of so long. */
  everyMs(totalMs: number): number;
  /** Returns what was done, in words; undefined where it cannot be done to these. */
  harm(harmed: Harmed, signal: AbortSignal): Promise<string | undefined>;
}

/** Longer than a lease, which another one then takes. */
const PAUSE_MS = LEASE_MS + 10_000;
const FULL_MS = 5_000;
/** Object storage is away, or stands still, for so long: some calls outlive it, some do not. */
const AWAY_MS = 6_000;
const HOUR_MS = 3_600_000;
/** Where clocks are set to, beside the right time. */
const SKEWS_MS = [HOUR_MS, -HOUR_MS, 3 * 24 * HOUR_MS, 5 * 60_000, 0];

const sometimes = (times: number) => (totalMs: number) => totalMs / times;

const ACCIDENTS: readonly Accident[] = [
  {
    everyMs: (totalMs) => Math.max(3_000, totalMs / 100),
    async harm({ victims }) {
      const standing = victims.filter(isStanding);
      // On a busy machine a start takes its time: where most are down nobody can be asked.
      if (standing.length < victims.length / 2) return undefined;
      const victim = anyOf(standing);
      victim?.kill();
      return victim && `killed ${victim.name}`;
    },
  },
  {
    everyMs: sometimes(3),
    async harm({ restartDatabase }) {
      await restartDatabase?.();
      return restartDatabase && 'the database was killed and started again';
    },
  },
  {
    everyMs: sometimes(5),
    async harm({ storage }) {
      await storage?.kill();
      await delay(Math.random() * AWAY_MS);
      await storage?.start();
      return storage && 'the object storage was killed and started again';
    },
  },
  {
    everyMs: sometimes(5),
    async harm({ storage }) {
      await storage?.pause();
      await delay(2 * Math.random() * AWAY_MS);
      storage?.resume();
      return storage && 'the object storage stood still';
    },
  },
  {
    // One of several, so that the others see its leases run out.
    everyMs: sometimes(4),
    async harm({ victims }, signal) {
      const victim = anyOf(victims.filter((each) => isStanding(each) && each.name.includes('worker')));
      if (!victim) return undefined;
      paused.add(victim);
      await victim.pauseAtSubmit(signal);
      // Also where the accidents end before it: a paused process would never end in order.
      await nap(PAUSE_MS, signal);
      victim.resume();
      paused.delete(victim);
      return `${victim.name} stood still at a submit`;
    },
  },
  {
    everyMs: sometimes(10),
    async harm({ victims }) {
      const victim = anyOf(victims);
      const skewMs = anyOf(SKEWS_MS) ?? 0;
      await victim?.setClock(skewMs);
      return `the clock of ${victim?.name} is off by ${skewMs / 1000} s`;
    },
  },
  {
    everyMs: sometimes(4),
    async harm({ disk }) {
      await disk?.fill(FULL_MS);
      return disk && 'the disk was full';
    },
  },
  {
    everyMs: sometimes(4),
    async harm({ victims, restartDatabase }) {
      // A database syncs by itself.
      if (restartDatabase) return undefined;
      const victim = anyOf(victims);
      await victim?.failSync();
      return `a sync of ${victim?.name} fails`;
    },
  },
];

/** Does all of them, again and again, until the signal. */
export async function harmAll(
  harmed: Harmed,
  totalMs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  await Promise.all(
    ACCIDENTS.map(async ({ everyMs, harm }) => {
      for (;;) {
        await nap(everyMs(totalMs) * (0.7 + Math.random() * 0.6), signal);
        if (signal.aborted) return;
        const done = await harm(harmed, signal);
        if (done !== undefined) say(done);
      }
    }),
  );
}

/** Not killed meanwhile: they are to go on where they were. */
const paused = new WeakSet<Victim>();
const isStanding = (victim: Victim): boolean => victim.isUp() && !paused.has(victim);

const anyOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];

const nap = (ms: number, signal: AbortSignal): Promise<unknown> => delay(ms, undefined, { signal }).catch(() => {});
