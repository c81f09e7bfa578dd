import { randomUUID } from 'node:crypto';
import { mulberry32 } from './misbehave.ts';

/** How long jobs take: until so many looks were taken, so many milliseconds (or from … to), or until a test ends them. */
export type Schedule = { polls: number } | { ms: number | [number, number] } | 'manual';

export interface Job {
  id: string;
  /** Name of the key. */
  key: string;
  scene: string;
  size: string;
  duration: number;
  credits: number;
  acceptedAt: string;
  /** How the answer that told the id went wrong. */
  spoiled?: string;
  callbackUrl?: string;
  /** What else the submit asked for. */
  asked?: Record<string, unknown>;
}

/** Where a job is. `code`: why it failed. */
export type Phase =
  | { is: 'held' | 'waiting' | 'done' }
  | { is: 'rendering'; progress: number }
  | { is: 'failed'; code: string };

interface Running {
  job: Job;
  /** Undefined while it waits for its turn. */
  startedAt?: number;
  takesMs?: number;
  looks: number;
  timer?: NodeJS.Timeout;
  end?: { code?: string };
}

/** Waits so long before it renders, as a share of its time. */
const WAITING_SHARE = 0.25;

/** The jobs of a stand-in. `onEnd` is called once for each. */
export function createJobs(options: {
  schedule: Schedule;
  atOnce?: number;
  onEnd?: (job: Job, code?: string) => void;
}) {
  const { schedule, atOnce = Number.POSITIVE_INFINITY, onEnd } = options;
  const random = mulberry32(1);
  const jobs = new Map<string, Running>();
  const failures: string[] = [];

  function end(running: Running, code?: string): void {
    if (running.end) return;
    clearTimeout(running.timer);
    const why = code ?? failures.shift();
    running.end = why === undefined ? {} : { code: why };
    startMore();
    onEnd?.(running.job, why);
  }

  function startMore(): void {
    const open = [...jobs.values()].filter((job) => !job.end);
    const running = open.filter((job) => job.startedAt !== undefined).length;
    const waiting = open.filter((job) => job.startedAt === undefined);
    for (const job of waiting.slice(0, Math.max(0, atOnce - running))) {
      job.startedAt = performance.now();
      if (schedule === 'manual' || 'polls' in schedule) continue;
      const [from, to] = Array.isArray(schedule.ms) ? schedule.ms : [schedule.ms, schedule.ms];
      job.takesMs = from + (to - from) * random();
      job.timer = setTimeout(() => end(job), job.takesMs);
    }
  }

  /** Share of its time that is over. */
  function share(job: Running): number {
    if (schedule === 'manual' || job.startedAt === undefined) return 0;
    if ('polls' in schedule) return job.looks / schedule.polls;
    return Math.min(0.99, (performance.now() - job.startedAt) / (job.takesMs ?? 1));
  }

  const named = (id: string | undefined): Running[] =>
    [...jobs.values()].filter(({ end, job }) => !end && (id === undefined || job.id === id));

  return {
    add(given: Omit<Job, 'id' | 'acceptedAt'>): Job {
      const job = { ...given, id: randomUUID(), acceptedAt: new Date().toISOString() };
      jobs.set(job.id, { job, looks: 0 });
      startMore();
      return job;
    },
    get: (id: string): Job | undefined => jobs.get(id)?.job,
    /** Where it is, and one look more. */
    look(id: string): Phase | undefined {
      const job = jobs.get(id);
      if (!job) return undefined;
      if (!job.end && share(job) >= 1) end(job);
      if (job.end) return job.end.code === undefined ? { is: 'done' } : { is: 'failed', code: job.end.code };
      if (job.startedAt === undefined) return { is: 'held' };
      const over = share(job);
      job.looks += 1;
      return over < WAITING_SHARE ? { is: 'waiting' } : { is: 'rendering', progress: Math.round(over * 100) / 100 };
    },
    /** Ends one job, or all, now. */
    finish: (id?: string): void => named(id).forEach((job) => void end(job)),
    fail: (code: string, id?: string): void => named(id).forEach((job) => void end(job, code)),
    /** The next jobs to end fail with these codes. */
    failNext: (codes: readonly string[]): void => void failures.push(...codes),
    /** Gone, as if it had never been. */
    drop(id: string): void {
      clearTimeout(jobs.get(id)?.timer);
      jobs.delete(id);
      startMore();
    },
    close(): void {
      for (const { timer } of jobs.values()) clearTimeout(timer);
    },
  };
}
