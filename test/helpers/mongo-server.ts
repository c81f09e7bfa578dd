import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { freePort } from '../bench/free-port.ts';
import { watchOver } from './guard.ts';
import { argumentsOf, findMongoProgram, type MongoProgram } from './mongo-program.ts';

/** A server of one's own, on a folder and a port that it keeps through kills and starts. */
export interface MongoServer {
  /** Without a database: add `kinora`, say. */
  url: string;
  port: number;
  /** As a power cut would: no goodbye. */
  kill(): Promise<void>;
  /** Stops the world for it (resolves once all its threads stand still), and lets it go on. */
  pause(): Promise<void>;
  resume(): void;
  /** Starts it anew; resolves once it answers. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

const READY_MS = 30_000;

/**
 * Throws where no program can be had, or it does not answer. `quick`: it will not be killed, so need not wait for the
 * disk more than it does by itself.
 */
export async function startMongoServer(
  how: { program?: MongoProgram; auth?: boolean; quick?: boolean } = {},
): Promise<MongoServer> {
  const program = how.program ?? (await findMongoProgram());
  if (!program) throw new Error('There is no MongoDB on this machine.');
  const dir = await mkdtemp(join(tmpdir(), 'kinora-mongo-'));
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  let child: ChildProcess | undefined;

  const guard = watchOver(dir);

  const server: MongoServer = {
    url,
    port,
    async start() {
      const started = spawn(
        program.path,
        argumentsOf(program, { dir, port, auth: how.auth ?? false, quick: how.quick ?? false }),
        {
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      child = started;
      guard.over(started.pid);
      let said = '';
      started.stderr.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-2000);
      });
      await answers(url, () => {
        if (started.exitCode !== null) throw new Error(`${program.path} ended:\n${said}`);
      });
    },
    async kill() {
      const killed = child;
      child = undefined;
      guard.over(undefined);
      if (!killed || killed.exitCode !== null) return;
      const ended = once(killed, 'exit');
      killed.kill('SIGKILL');
      await ended;
    },
    async pause() {
      child?.kill('SIGSTOP');
      while (
        child &&
        !execFileSync('ps', ['-o', 'stat=', '-p', `${child.pid}`])
          .toString()
          .startsWith('T')
      )
        await delay(10);
    },
    resume: () => void child?.kill('SIGCONT'),
    async close() {
      await server.kill();
      await guard.end();
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

/** Waits until it says hello. */
async function answers(url: string, check: () => void): Promise<void> {
  for (const end = performance.now() + READY_MS; ; await delay(50)) {
    check();
    const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
    try {
      await client.db('admin').command({ hello: 1 });
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    } finally {
      await client.close();
    }
  }
}
