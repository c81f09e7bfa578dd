import mongoose from 'mongoose';
import { z } from 'zod';
import { findMongoProgram } from '../../helpers/mongo-program.ts';
import { startMongoServer } from '../../helpers/mongo-server.ts';
import type { Result } from '../bench.ts';

/** A server to measure on; each measurement has a database of its own there. */
export interface Where {
  /** The server's own word for what it is. */
  name: string;
  /** Its time says something: it is MongoDB itself. */
  real: boolean;
  /** Its process, where it was started here. */
  pid?: number;
  /** The address of a database that nobody has used. */
  fresh(): string;
}

/** MongoDB: `TEST_MONGO_URL`, or a server started here. Where there is none that is said, and nothing measured. */
export async function onMongoServer(measure: (where: Where) => Promise<Result[]>): Promise<Result[]> {
  const given = process.env.TEST_MONGO_URL;
  if (given) return at(given, undefined, measure);
  const program = await findMongoProgram();
  if (!program) {
    console.error('No MongoDB: set TEST_MONGO_URL, or put mongod on the PATH. Nothing is measured on it.');
    return [];
  }
  const server = await startMongoServer({ program });
  try {
    return await at(server.url, server.pid(), measure);
  } finally {
    await server.close();
  }
}

const buildSchema = z.object({ version: z.string(), secantusVersion: z.string().optional() });

async function at(
  url: string,
  pid: number | undefined,
  measure: (where: Where) => Promise<Result[]>,
): Promise<Result[]> {
  const client = await mongoose.mongo.MongoClient.connect(url);
  const used: string[] = [];
  try {
    const { version, secantusVersion } = buildSchema.parse(await client.db('admin').command({ buildInfo: 1 }));
    return await measure({
      name: secantusVersion === undefined ? `MongoDB ${version}` : `secantusd ${secantusVersion}`,
      real: secantusVersion === undefined,
      pid,
      fresh() {
        const name = `kinora-bench-${Date.now()}-${used.length}`;
        used.push(name);
        const address = new URL(url);
        address.pathname = `/${name}`;
        return address.href;
      },
    });
  } finally {
    for (const name of used) await client.db(name).dropDatabase();
    await client.close();
  }
}
