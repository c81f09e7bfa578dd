import { openMongoStore } from '../../../src/store/mongo/open.ts';
import type { Result } from '../bench.ts';
import { FEW, MANY, ofBacklog, ofLives } from './claims.ts';
import { ofInFlight } from './in-flight.ts';
import { ofKeys } from './keys.ts';
import { multiply } from './multiply.ts';
import { ofSteps } from './throughput.ts';
import { onMongoServer, type Where } from './where.ts';

/** MongoDB, where there is one. */
export const onMongo = (): Promise<Result[]> =>
  onMongoServer(async (where) => [
    ...(await lives(where)),
    ...(await ofSteps(where)),
    ...(await backlog(where)),
    ...(await ofInFlight(where)),
  ]);

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
