import { spawnMain } from '../child.ts';
import type { Fault } from '../misbehave.ts';
import { type Command, pack } from './control.ts';
import type { Driver } from './driver.ts';
import type { TelegramOptions, TelegramReport } from './telegram.ts';

/** The driver from another process: each action resolves once it is done. */
export type RemoteDriver = {
  [Name in keyof Driver]: (...args: Parameters<Driver[Name]>) => Promise<Awaited<ReturnType<Driver[Name]>>>;
};

/** A `FakeTelegram` in a process of its own, for chaos and benches. */
export interface ChildTelegram {
  url: string;
  people: RemoteDriver;
  report(): Promise<TelegramReport>;
  /** As `FakeTelegram.until`, over the report. */
  until<T>(find: (report: TelegramReport) => T | undefined | null | false, options?: { withinMs?: number }): Promise<T>;
  misbehave(method: string, ...faults: (Fault | 'well')[]): Promise<void>;
  tell(command: Command): Promise<unknown>;
  /** The bytes behind a file's id. */
  file(id: string): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

export async function spawnTelegram(options: TelegramOptions = {}): Promise<ChildTelegram> {
  const { url, close } = await spawnMain('telegram', options);

  async function tell(command: Command): Promise<unknown> {
    const answer = await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify(command) });
    const { result, error } = (await answer.json()) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  }

  const report = async () => (await fetch(`${url}/__report`)).json() as Promise<TelegramReport>;

  const people = new Proxy({} as RemoteDriver, {
    get:
      (_, action) =>
      (...args: unknown[]) =>
        tell({ do: 'people', action: String(action), args: args.map(pack) }),
  });

  return {
    url,
    people,
    report,
    tell,
    close,
    async until(find, { withinMs = 60_000 } = {}) {
      const end = Date.now() + withinMs;
      for (;;) {
        const seen = await report();
        const found = find(seen);
        if (found !== undefined && found !== null && found !== false) return found;
        const left = end - Date.now();
        if (left <= 0) throw new Error(`after ${withinMs} ms still not: ${find}`);
        await fetch(`${url}/__changes?after=${seen.version}`, { signal: AbortSignal.timeout(left) }).catch(() => {});
      }
    },
    async file(id) {
      const answer = await fetch(`${url}/__file?id=${encodeURIComponent(id)}`);
      return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : undefined;
    },
    async misbehave(method, ...faults) {
      await tell({ do: 'misbehave', method, faults });
    },
  };
}
