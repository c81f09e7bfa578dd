import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from './compiled.ts';

export interface RunningBot {
  child: ChildProcess;
  /** Where it listens, by the address: `http://127.0.0.1:port`. */
  url: string;
  port: number;
  /** Resolves when it has ended, by itself too. */
  ended: Promise<Ended>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Starts the unmodified program at a port of its own choice, as `npm start` does or by another command, elsewhere and as
 * another user. Nothing of this shell's settings.
 */
export function spawnBot(
  env: Record<string, string>,
  {
    imports = [],
    command = [process.execPath, ...imports.flatMap((module) => ['--import', module]), ...compiled('src/main.ts')],
    onLog = () => {},
    ...place
  }: {
    imports?: string[];
    command?: string[];
    onLog?: (line: string) => void;
    cwd?: string;
    uid?: number;
    gid?: number;
  } = {},
): {
  child: ChildProcess;
  url: Promise<string>;
  ended: Promise<Ended>;
} {
  const { PATH = '', HOME = '' } = process.env;
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    // Tests do not depend on how full this machine's disk is.
    env: { PATH, HOME, PORT: '0', MIN_FREE_MB: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...place,
  });
  let stdout = '';
  let stderr = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    stderr += `${line}\n`;
    onLog(line);
  });
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }));
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout += `${line}\n`;
      const port = /(?:is|listening) at http:\/\/\S+:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    void ended.then((end) => reject(new Error(`the program ended first:\n${end.stderr}`)));
  });
  url.catch(() => {});
  return { child, url, ended };
}

/** Resolves once it answers. */
export async function startBot(env: Record<string, string>, how?: Parameters<typeof spawnBot>[1]): Promise<RunningBot> {
  const { child, url: listening, ended } = spawnBot(env, how);
  const url = await listening;
  return {
    child,
    ended,
    url,
    port: Number(new URL(url).port),
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
