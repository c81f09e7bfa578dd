import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { spawnBot } from '../helpers/bot.ts';

const DEEDS = ['killed', 'paused', 'resumed', 'started', 'sync fails', 'died'] as const;

/** What a process said of a task, and what was done to the process, in the order it happened. */
export type Event =
  | { at: number; what: 'moved'; process: string; task: string; to: string }
  | { at: number; what: 'clock set'; process: string; skewMs: number }
  | { at: number; what: (typeof DEEDS)[number]; process: string };

const movedLine = z.object({ msg: z.literal('task moved on'), task: z.string(), to: z.string() });

/** One process of the bot, which can be harmed, and is started again whenever it ends, as under a supervisor. */
export interface Victim {
  readonly name: string;
  readonly url: string;
  isUp(): boolean;
  /** Resolves once it answers for the first time. */
  start(): Promise<void>;
  kill(): void;
  /** Stops it in the middle of whatever it does, or as soon as it says that it submits; resolves then. */
  pause(): void;
  pauseAtSubmit(signal: AbortSignal): Promise<void>;
  resume(): void;
  /** Sets its machine's clock so far off; it stays so through kills. */
  setClock(skewMs: number): Promise<void>;
  /** The next write that it waits for does not reach its disk. */
  failSync(): Promise<void>;
  /** In order, as an operator would. */
  stop(): Promise<void>;
}

export interface VictimOptions {
  name: string;
  port: number;
  env: Record<string, string>;
  /** For what its machine is told by. */
  dir: string;
  events: Event[];
}

const IMPORTS = ['skewed-clock', 'failing-sync'].map((name) => `./dist/test/helpers/${name}.js`);
/** Before another try, where it ended before it was up: the database or the disk may be away. */
const RETRY_MS = 500;

export function createVictim({ name, port, env, dir, events }: VictimOptions): Victim {
  const clockFile = join(dir, `clock of ${name}`);
  const failingSyncFile = join(dir, `failing sync of ${name}`);
  let bot: ReturnType<typeof spawnBot> | undefined;
  let up = false;
  let isOver = false;
  let supervised = Promise.resolve();
  let submits: (() => void) | undefined;
  const tell = (what: (typeof DEEDS)[number]) => void events.push({ at: Date.now(), what, process: name });

  function onLog(line: string): void {
    if (!line.includes('task moved on')) return;
    const { task, to } = movedLine.parse(JSON.parse(line));
    events.push({ at: Date.now(), what: 'moved', process: name, task, to });
    if (to === 'submitting') submits?.();
  }

  async function supervise(isUp: () => void): Promise<void> {
    const settings = {
      PORT: String(port),
      LOG_LEVEL: 'info',
      CLOCK_FILE: clockFile,
      FAILING_SYNC_FILE: failingSyncFile,
    };
    while (!isOver) {
      const started = spawnBot({ ...settings, ...env }, { imports: IMPORTS, onLog });
      bot = started;
      tell('started');
      const answers = await started.url.then(
        () => true,
        () => false,
      );
      if (!answers) {
        await delay(RETRY_MS);
        continue;
      }
      up = true;
      isUp();
      await started.ended;
      // A kill has it down already.
      if (up && !isOver) tell('died');
      up = false;
    }
  }

  const signal = (name: NodeJS.Signals) => void bot?.child.kill(name);

  const victim: Victim = {
    name,
    url: `http://127.0.0.1:${port}`,
    isUp: () => up,
    start: () =>
      new Promise((resolve) => {
        supervised = supervise(resolve);
      }),
    kill() {
      tell('killed');
      up = false;
      signal('SIGKILL');
    },
    pause() {
      tell('paused');
      signal('SIGSTOP');
    },
    pauseAtSubmit: (aborted) =>
      new Promise((resolve) => {
        submits = () => {
          submits = undefined;
          victim.pause();
          resolve();
        };
        const giveUp = () => {
          // Else the next submit would stop it, and nobody would resume it.
          submits = undefined;
          resolve();
        };
        aborted.addEventListener('abort', giveUp, { once: true });
      }),
    resume() {
      signal('SIGCONT');
      tell('resumed');
    },
    async setClock(skewMs) {
      await writeFile(clockFile, String(skewMs));
      events.push({ at: Date.now(), what: 'clock set', process: name, skewMs });
      // One that is not up yet may not know the signal, which would end it.
      if (up) signal('SIGUSR2');
    },
    async failSync() {
      tell('sync fails');
      await writeFile(failingSyncFile, '');
    },
    async stop() {
      isOver = true;
      signal('SIGCONT');
      signal('SIGTERM');
      await supervised;
    },
  };
  return victim;
}
