import type { Bench } from './bench.ts';
import { gatewayMemory } from './gateway-memory.ts';
import { ofIndexes } from './scale/indexes.ts';
import { ofQueues } from './scale/queues.ts';
import { ofRoundTrips, ofWorkers } from './scale/workers.ts';
import { onMongoServer } from './store/where.ts';

/** What grows with the bot: a gateway's servers, workers on one MongoDB, round trips, indexes; beside other queues where they do the same. */
export const scale: Bench = async () => [
  ...(await gatewayMemory()),
  ...(await onMongoServer(async (where) => [
    ...(await ofWorkers(where)),
    ...(await ofRoundTrips(where)),
    ...(await ofQueues(where)),
    ...(await ofIndexes(where)),
  ])),
];
