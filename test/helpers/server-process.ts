import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { watchOver } from './guard.ts';

const READY_MS = 30_000;
const PAUSE_MS = 50;
const STOPPING_MS = 10;

const isStopped = ({ pid }: ChildProcess): boolean =>
  execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('T');

/** What is done with a server that a test starts on a folder, kills and starts anew. */
export type ServerProcess = ReturnType<typeof createServerProcess>;

/** `greet`: asks it something; throws where it does not answer. Whatever ends this process ends it too, and removes its folder. */
export function createServerProcess(how: {
  program: string;
  args: readonly string[];
  dir: string;
  greet: () => Promise<unknown>;
}) {
  const { program, args, dir, greet } = how;
  const guard = watchOver(dir);
  let child: ChildProcess | undefined;

  /** As a power cut would. */
  async function kill(): Promise<void> {
    const killed = child;
    child = undefined;
    guard.over(undefined);
    if (!killed || killed.exitCode !== null) return;
    const ended = once(killed, 'exit');
    killed.kill('SIGKILL');
    await ended;
  }

  return {
    pid: () => child?.pid,
    kill,
    /** Starts it anew; resolves once it answers. */
    async start(): Promise<void> {
      const started = spawn(program, [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
      child = started;
      guard.over(started.pid);
      let said = '';
      started.stderr.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-2000);
      });
      for (const end = performance.now() + READY_MS; ; await delay(PAUSE_MS)) {
        if (started.exitCode !== null) throw new Error(`${program} ended:\n${said}`);
        try {
          await greet();
          return;
        } catch (error) {
          if (performance.now() > end) throw error;
        }
      }
    },
    /** Stops the world for it; resolves once all its threads stand still: until then it may answer. */
    async pause(): Promise<void> {
      child?.kill('SIGSTOP');
      while (child && !isStopped(child)) await delay(STOPPING_MS);
    },
    resume: () => void child?.kill('SIGCONT'),
    /** Ends it and removes its folder. */
    async close(): Promise<void> {
      await kill();
      await guard.end();
    },
  };
}
