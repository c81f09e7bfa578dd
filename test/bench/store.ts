import type { Bench } from './bench.ts';
import { onMongo } from './store/mongo.ts';
import { onSqlite } from './store/sqlite.ts';

/** What the record costs, in each database that can be had here. */
export const store: Bench = async () => [...(await onSqlite()), ...(await onMongo())];
