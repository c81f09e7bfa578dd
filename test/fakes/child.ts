import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from '../helpers/compiled.ts';
import type { AivideoapiFakeOptions } from './aivideoapi.ts';
import type { Report } from './books.ts';
import type { DiscordOrder } from './discord/control.ts';
import type { DiscordOptions } from './discord/discord.ts';
import type { DiscordReport } from './discord/report.ts';
import type { FalFakeOptions } from './fal.ts';
import type { RunwayFakeOptions } from './runway.ts';
import type { Command } from './stand-in.ts';

/** A stand-in in a process of its own, which outlives those that a test kills. */
export interface ChildStandIn {
  url: string;
  pid: number | undefined;
  report(): Promise<Report>;
  tell(what: Command): Promise<void>;
  close(): Promise<void>;
}

type Wanted =
  | { kind: 'aivideoapi'; options: AivideoapiFakeOptions }
  | { kind: 'runway'; options: RunwayFakeOptions }
  | { kind: 'fal'; options: FalFakeOptions };

export async function spawnStandIn({ kind, options }: Wanted): Promise<ChildStandIn> {
  const { url, pid, close } = await spawnMain(kind, options);
  return {
    url,
    pid,
    close,
    report: async () => (await fetch(`${url}/__report`)).json() as Promise<Report>,
    async tell(what) {
      const answer = await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(what) });
      if (!answer.ok) throw new Error(`the stand-in says ${answer.status}`);
    },
  };
}

/** Discord in a process of its own. */
export interface ChildDiscord {
  /** For the bot's settings. */
  api: string;
  cdn: string;
  token: string;
  report(): Promise<DiscordReport>;
  /** Carries an order out and gives what came of it, such as `{ id }`. Throws with the stand-in's reason. */
  tell(what: DiscordOrder): Promise<unknown>;
  /** The same for orders that make something: its id. */
  make(what: DiscordOrder): Promise<string>;
  close(): Promise<void>;
}

export async function spawnDiscord(options: Omit<DiscordOptions, 'now'> = {}): Promise<ChildDiscord> {
  const { url, close } = await spawnMain('discord', options);
  const about = (await (await fetch(`${url}/__about`)).json()) as Pick<ChildDiscord, 'api' | 'cdn' | 'token'>;
  async function tell(what: DiscordOrder): Promise<unknown> {
    const answer = await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(what) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }
  return {
    ...about,
    close,
    tell,
    report: async () => (await fetch(`${url}/__report`)).json() as Promise<DiscordReport>,
    async make(what) {
      const made = await tell(what);
      if (typeof made !== 'object' || made === null || !('id' in made)) throw new Error(`${what.do} makes nothing`);
      return String(made.id);
    },
  };
}

/** Starts `main.ts` with a kind of stand-in; it ends with `close` or with this process. */
export async function spawnMain(
  kind: string,
  options: object,
): Promise<{ url: string; pid: number | undefined; close(): Promise<void> }> {
  const child = spawn(process.execPath, [...compiled('test/fakes/main.ts'), kind, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the stand-in did not start')));
  });
  return {
    url,
    pid: child.pid,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
