import { homedir } from 'node:os';
import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { programOnPath } from './program-on-path.ts';

/** A program that speaks MongoDB's protocol, and how it is told what to do. */
export interface MongoProgram {
  path: string;
  kind: 'mongod' | 'secantusd-rs' | 'secantusd-py';
}

const DOWNLOADS = 'https://fastdl.mongodb.org/';
const LOOK_MS = 3_000;
const DOWNLOAD_MS = 120_000;

/** The real thing where it can be had, else the next best on this machine. Undefined: none. */
export async function findMongoProgram(): Promise<MongoProgram | undefined> {
  const mongod = onPath('mongod') ?? (await downloaded());
  if (mongod) return { path: mongod, kind: 'mongod' };
  for (const kind of ['secantusd-rs', 'secantusd-py'] as const) {
    const path = onPath(kind);
    if (path) return { path, kind };
  }
  return undefined;
}

export const argumentsOf = (
  { kind }: MongoProgram,
  at: { dir: string; port: number; auth: boolean; quick: boolean },
): string[] => {
  const auth = at.auth ? ['--auth'] : [];
  // Without it secantusd-rs acknowledges `j: true` before its log is with the system, and loses it to a kill.
  const sync = at.quick ? [] : ['--sync-on-commit'];
  if (kind === 'mongod')
    return ['--dbpath', at.dir, '--port', `${at.port}`, '--bind_ip', '127.0.0.1', '--quiet', ...auth];
  const place = ['--storage-path', at.dir, '--port', `${at.port}`, ...auth];
  return kind === 'secantusd-rs' ? [...place, '--cache-size', '256M', '--log-file-max', '16MB', ...sync] : place;
};

const onPath = (name: string): string | undefined => programOnPath([name], [join(homedir(), '.cargo', 'bin')]);

/** By mongodb-memory-server, which keeps what it fetched. Given up soon where there is no way out. */
async function downloaded(): Promise<string | undefined> {
  const reached = await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(LOOK_MS) }).catch(
    () => undefined,
  );
  if (!reached) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DOWNLOAD_MS);
  });
  try {
    return await Promise.race([MongoBinary.getPath({ version: '8.0.4' }), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
