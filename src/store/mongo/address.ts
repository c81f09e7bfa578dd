import mongoose from 'mongoose';
import { plain, unavailable, type Whereabouts } from './errors.ts';

/** What the address says, as far as sentences and the choice of the database need it. */
export type Address = Whereabouts & { url: string };

/** Used where MONGO_URL names none; the driver's own choice would be `test`. */
const DATABASE = 'kinora';
const NOWHERE: Whereabouts = { hosts: 'MONGO_URL', database: DATABASE };

/** Reads MONGO_URL without connecting. Throws `StoreUnavailable`, with the password in no message, where it is none. */
export function readAddress(url: string): Address {
  try {
    const { hosts, srvHost, dbName } = new mongoose.mongo.MongoClient(url).options;
    return { url, hosts: srvHost ?? hosts.join(', '), database: namesDatabase(url) ? dbName : DATABASE };
  } catch (error) {
    const said = plain(error, NOWHERE);
    throw said === error ? unavailable('address', NOWHERE, withoutSecrets(error, url)) : said;
  }
}

const namesDatabase = (url: string): boolean => /^[^/]*\/\/[^/]*\/[^?]/.test(url);

/** The driver's error, or its words alone where it repeats what it was given. */
function withoutSecrets(error: unknown, url: string): unknown {
  const [, user = '', password = ''] = /\/\/([^:@/]*):?(.*)@/.exec(url) ?? [];
  const secrets = [url, password, decoded(password), user].filter((secret) => secret !== '');
  if (!(error instanceof Error) || !secrets.some((secret) => `${error.message} ${error.stack}`.includes(secret)))
    return error;
  return new Error(secrets.reduce((message, secret) => message.replaceAll(secret, '…'), error.message));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
