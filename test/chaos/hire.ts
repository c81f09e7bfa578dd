import { join } from 'node:path';
import { freePort } from '../bench/free-port.ts';
import { createVictim, type Event, type Victim } from './process.ts';

/** The processes: one on SQLite; two gateways and three workers on MongoDB, of which one has a clock that is off. */
export async function hire(how: {
  mongoUrl: string | undefined;
  /** For their data. */
  disk: string;
  /** For what their machines are told by. */
  dir: string;
  env: Record<string, string>;
  events: Event[];
}): Promise<Victim[]> {
  const { mongoUrl, disk, dir, env, events } = how;
  const hireOne = async (name: string, more: Record<string, string>) =>
    createVictim({ name, events, dir, port: await freePort(), env: { ...env, ...more } });
  if (mongoUrl === undefined) return [await hireOne('gateway and worker', { DATA_DIR: join(disk, 'data') })];
  const victims = await Promise.all(
    ['gateway 1', 'gateway 2', 'worker 1', 'worker 2', 'worker 3'].map((name) =>
      hireOne(name, { MONGO_URL: mongoUrl, ROLE: name.split(' ')[0] ?? '', DATA_DIR: join(disk, name) }),
    ),
  );
  await victims.at(-1)?.setClock(SKEW_MS);
  return victims;
}

const SKEW_MS = 5 * 60_000;
