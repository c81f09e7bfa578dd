import mongoose from 'mongoose';
import { z } from 'zod';
import { openMongoStore } from '../../../src/store/mongo/open.ts';
import { findMongoProgram } from '../../helpers/mongo-program.ts';
import { startMongoServer } from '../../helpers/mongo-server.ts';
import type { Result } from '../bench.ts';
import { FEW, MANY, ofBacklog, ofLives } from './claims.ts';
import { ofInFlight } from './in-flight.ts';
import { ofKeys } from './keys.ts';
import { multiply } from './multiply.ts';
import { ofSteps } from './throughput.ts';

import type { Where } from './where.ts';

/** MongoDB: `TEST_MONGO_URL`, or a server started here. Where there is none that is said, and nothing measured. */
export async function onMongo(): Promise<Result[]> {
  const given = process.env.TEST_MONGO_URL;
  if (given) return measured(given);
  const program = await findMongoProgram();
  if (!program) {
    console.error('No MongoDB: set TEST_MONGO_URL, or put mongod on the PATH. Only SQLite is measured.');
    return [];
  }
  const server = await startMongoServer({ program });
  try {
    return await measured(server.url);
  } finally {
    await server.close();
  }
}

const buildSchema = z.object({ version: z.string(), secantusVersion: z.string().optional() });

async function measured(url: string): Promise<Result[]> {
  const client = await mongoose.mongo.MongoClient.connect(url);
  const used: string[] = [];
  try {
    const { version, secantusVersion } = buildSchema.parse(await client.db('admin').command({ buildInfo: 1 }));
    const where: Where = {
      name: secantusVersion === undefined ? `MongoDB ${version}` : `secantusd ${secantusVersion}`,
      real: secantusVersion === undefined,
      fresh() {
        const name = `kinora-bench-${Date.now()}-${used.length}`;
        used.push(name);
        const address = new URL(url);
        address.pathname = `/${name}`;
        return address.href;
      },
    };
    return [
      ...(await lives(where)),
      ...(await ofSteps(where)),
      ...(await backlog(where)),
      ...(await ofInFlight(where)),
    ];
  } finally {
    for (const name of used) await client.db(name).dropDatabase();
    await client.close();
  }
}

async function lives({ name, fresh }: Where): Promise<Result[]> {
  const store = await openMongoStore({ url: fresh() });
  try {
    return await ofLives(name, store);
  } finally {
    await store.close();
  }
}

/** Time where it is MongoDB; else the keys examined, for a stand-in reads a whole range where MongoDB stops at a limit. */
async function backlog({ name, real, fresh }: Where): Promise<Result[]> {
  const [fewUrl, manyUrl] = [fresh(), fresh()];
  await multiply(fewUrl, FEW, 'queued');
  await multiply(manyUrl, MANY, 'queued');
  if (!real) return ofKeys(name, fewUrl, manyUrl);
  const [few, many] = [await openMongoStore({ url: fewUrl }), await openMongoStore({ url: manyUrl })];
  try {
    return await ofBacklog(name, few, many);
  } finally {
    await few.close();
    await many.close();
  }
}
