import { readAddress } from './address.ts';
import { serverTime } from './clock.ts';
import { connect } from './connect.ts';
import { createDb } from './db.ts';

/** Connects and reads, and writes nothing. Throws `StoreUnavailable`. */
export async function probeMongo(url: string): Promise<string> {
  const address = readAddress(url);
  const db = createDb(await connect(address), address);
  try {
    await db.run(() => serverTime(db.native));
    await db.run(() => db.models.schema.findOne().lean());
    return `MongoDB at ${address.hosts} answers; the database is ${address.database}`;
  } finally {
    await db.close();
  }
}
