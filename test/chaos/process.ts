import { z } from 'zod';
import { spawnBot } from '../helpers/bot.ts';

/** What a process said of a task, and what was done to the process, in the order it happened. */
export type Event =
  | { at: number; what: 'moved'; process: string; task: string; to: string }
  | { at: number; what: 'killed' | 'paused' | 'resumed' | 'started'; process: string };

const movedLine = z.object({ msg: z.literal('task moved on'), task: z.string(), to: z.string() });

/** One process of the bot, which can be killed, paused and started again. */
export interface Victim {
  readonly name: string;
  readonly url: string;
  isUp(): boolean;
  start(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** In order, as an operator would. */
  stop(): Promise<void>;
}

export function createVictim(options: {
  name: string;
  port: number;
  env: Record<string, string>;
  imports?: string[];
  events: Event[];
  /** Everything that it wrote. */
  output: string[];
}): Victim {
  const { name, port, env, imports = [], events, output } = options;
  let bot: ReturnType<typeof spawnBot> | undefined;
  let up = false;
  const tell = (what: 'killed' | 'paused' | 'resumed' | 'started') =>
    void events.push({ at: Date.now(), what, process: name });

  function onLog(line: string): void {
    output.push(line);
    if (!line.includes('task moved on')) return;
    const { task, to } = movedLine.parse(JSON.parse(line));
    events.push({ at: Date.now(), what: 'moved', process: name, task, to });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    up = false;
    bot?.child.kill(signal);
    await bot?.ended;
  }

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    isUp: () => up,
    async start() {
      const started = spawnBot({ PORT: String(port), LOG_LEVEL: 'info', ...env }, { imports, onLog });
      bot = started;
      tell('started');
      await started.url;
      up = true;
    },
    async kill() {
      tell('killed');
      await end('SIGKILL');
    },
    pause() {
      tell('paused');
      bot?.child.kill('SIGSTOP');
    },
    resume() {
      bot?.child.kill('SIGCONT');
      tell('resumed');
    },
    stop: () => end('SIGTERM'),
  };
}
