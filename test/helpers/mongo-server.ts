import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { freePort } from '../bench/free-port.ts';
import { argumentsOf, findMongoProgram, type MongoProgram } from './mongo-program.ts';
import { createServerProcess, type ServerProcess } from './server-process.ts';

/** A server of one's own, on a folder and a port that it keeps through kills and starts. */
export interface MongoServer extends ServerProcess {
  /** Without a database: add `kinora`, say. */
  url: string;
  port: number;
}

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
  const args = argumentsOf(program, { dir, port, auth: how.auth ?? false, quick: how.quick ?? false });
  const running = createServerProcess({ program: program.path, args, dir, greet: () => hello(url) });
  const server = { ...running, url, port };
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

async function hello(url: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db('admin').command({ hello: 1 });
  } finally {
    await client.close();
  }
}
