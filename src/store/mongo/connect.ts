import mongoose, { type Connection } from 'mongoose';
import { systemClock } from '../../util/clock.ts';
import { settleWithin } from '../../util/settle-within.ts';
import type { Address } from './address.ts';
import { plain, unavailable } from './errors.ts';

/** Opening answers, or says why not, within this time. */
export const OPENING_MS = 9_000;
const SELECTION_MS = 5_000;
/** A write is on the disks of most members by then, or its outcome is not known. */
const MAJORITY_MS = 8_000;
/** A socket that is silent for so long is given up; operations have given up before. */
const SOCKET_MS = 60_000;

/**
 * Connects. What must hold stands here and not in the address, which could say otherwise: a write is acknowledged once
 * it is on the disks of most members; all is read where it is written.
 */
export async function connect(address: Address): Promise<Connection> {
  const connection = mongoose.createConnection();
  const opening = connection.openUri(address.url, {
    dbName: address.database,
    appName: 'kinora',
    writeConcern: { w: 'majority', j: true, wtimeoutMS: MAJORITY_MS },
    readPreference: 'primary',
    readConcernLevel: 'local',
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    waitQueueTimeoutMS: SELECTION_MS,
    socketTimeoutMS: SOCKET_MS,
    ignoreUndefined: true,
    bufferCommands: false,
    // Indexes are made by migrations alone.
    autoIndex: false,
    autoCreate: false,
  });
  try {
    if (!(await settleWithin(opening, OPENING_MS, systemClock))) throw unavailable('unreachable', address);
    return connection;
  } catch (error) {
    await connection.destroy().catch(() => {});
    // Such as may stand in an address, yet not beside what is set here.
    if (error instanceof mongoose.mongo.MongoInvalidArgumentError) throw unavailable('options', address, error);
    throw plain(error, address);
  }
}
