import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { AivideoapiFakeOptions } from './aivideoapi.ts';
import type { Report } from './books.ts';
import type { RunwayFakeOptions } from './runway.ts';
import type { Command } from './stand-in.ts';

/** A stand-in in a process of its own, which outlives those that a test kills. */
export interface ChildStandIn {
  url: string;
  report(): Promise<Report>;
  tell(what: Command): Promise<void>;
  close(): Promise<void>;
}

type Wanted = { kind: 'aivideoapi'; options: AivideoapiFakeOptions } | { kind: 'runway'; options: RunwayFakeOptions };

export async function spawnStandIn({ kind, options }: Wanted): Promise<ChildStandIn> {
  const { url, close } = await spawnMain(kind, options);
  return {
    url,
    report: async () => (await fetch(`${url}/__report`)).json() as Promise<Report>,
    async tell(what) {
      const answer = await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(what) });
      if (!answer.ok) throw new Error(`the stand-in says ${answer.status}`);
    },
    close,
  };
}

/** Starts `main.ts` with a kind of stand-in; it ends with `close` or with this process. */
export async function spawnMain(kind: string, options: object): Promise<{ url: string; close(): Promise<void> }> {
  const main = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', main, kind, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the stand-in did not start')));
  });
  return {
    url,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
