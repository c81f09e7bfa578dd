import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from './compiled.ts';

const ENTRY = 'src/cli/animate.ts';

export interface AnimateRun {
  child: ChildProcess;
  /** Resolves at the first line on standard error that matches; rejects when the process ends without one. */
  line(matches: (line: string) => boolean): Promise<string>;
  /** Its exit code (null where a signal ended it) and everything it wrote. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the unmodified terminal program, as `npm run animate` does. */
export function runAnimate(args: string[], env: Record<string, string>, cwd = process.cwd()): AnimateRun {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...compiled(ENTRY), ...args], {
    cwd: process.cwd(),
    env: { PATH, HOME, INIT_CWD: cwd, MIN_FREE_MB: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr: lines.join('\n') }));
  return {
    child,
    ended,
    line: (matches) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(matches);
          if (found !== undefined) resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(({ stderr }) => reject(new Error(`the program ended first:\n${stderr}`)));
      }),
  };
}

/** Whether a log line tells that a task came to this state. */
export const cameTo = (state: string) => (line: string) => line.includes(`"to":"${state}"`);
