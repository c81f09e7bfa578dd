import mongoose from 'mongoose';
import { z } from 'zod';
import { StoreUnavailable } from '../store.ts';

const { MongoBulkWriteError, MongoError, MongoServerError, MongoServerSelectionError } = mongoose.mongo;

/** Where the record is, as sentences should say it: never with a user's name or password. */
export interface Whereabouts {
  /** Hosts and ports, or the name that the hosts are looked up under. */
  hosts: string;
  database: string;
}

const SENTENCES = {
  unreachable: ({ hosts }) => `MongoDB at ${hosts} cannot be reached. Start it, or set another MONGO_URL.`,
  'no-primary': ({ hosts }) =>
    `MongoDB at ${hosts} has no primary that could be written to. Wait for one, or set another MONGO_URL.`,
  slow: ({ hosts }) => `MongoDB at ${hosts} does not answer in time. Check its load and the network between.`,
  refused: ({ hosts }) => `MongoDB at ${hosts} refuses the user and password. Correct them in MONGO_URL.`,
  anonymous: ({ hosts }) => `MongoDB at ${hosts} wants a user and a password. Put them into MONGO_URL.`,
  'no-rights': ({ hosts, database }) =>
    `The database ${database} at ${hosts} may not be read and written by this user. Give it the role readWrite, or set another MONGO_URL.`,
  full: ({ hosts }) => `The disk of MongoDB at ${hosts} is full. Make room on it; nothing that was recorded is lost.`,
  'not-majority': ({ hosts }) =>
    `MongoDB at ${hosts} cannot put writes on the disks of most of its members. Check that they run.`,
  old: ({ hosts }) => `MongoDB at ${hosts} is older than 4.4. Update it, or set another MONGO_URL.`,
  address: () =>
    'MONGO_URL is no address of a MongoDB. It looks like mongodb://user:password@host:27017/kinora; in the password, @ : / and % are written as %40 %3A %2F and %25.',
  missing: () => 'MONGO_URL asks for something that is not installed here. Take that option out of it.',
  options: () => 'MONGO_URL has options that cannot be used here. Take those out that are not needed.',
  file: () =>
    'MONGO_URL names a file, of a certificate say, that cannot be read. Correct its path, or allow this user to.',
} satisfies Record<string, (where: Whereabouts) => string>;
type MongoFailure = keyof typeof SENTENCES;

/** What the driver throws without the server having said anything, by its name. */
const DRIVER_ERRORS: [RegExp, MongoFailure][] = [
  [/^Mongo(NetworkTimeout|WaitQueueTimeout)Error$/, 'slow'],
  [/^Mongo(Network|PoolCleared|PoolClosed|ClientClosed|ServerClosed|TopologyClosed)Error$/, 'unreachable'],
  [/^(PoolClearedOnNetwork|MongoNotConnected|MongoExpiredSession)Error$/, 'unreachable'],
  [/^MongoStalePrimaryError$/, 'no-primary'],
  [/^MongoMissingDependencyError$/, 'missing'],
  [/^MongoCompatibilityError$/, 'old'],
];

/** Node's, of sockets, of streams upon them and of names. */
const NETWORK_CODES =
  /^(EPIPE|ECONN\w+|ETIMEDOUT|ETIMEOUT|EHOSTUNREACH|EHOSTDOWN|ENET\w+|EADDRNOTAVAIL|EAI_\w+|ENOTFOUND|ENODATA|ESERVFAIL|EREFUSED|ERR_SOCKET_\w+|ERR_STREAM_(DESTROYED|PREMATURE_CLOSE|WRITE_AFTER_END))$/;

/** The server's codes, https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml. */
const SERVER_CODES: [number[], MongoFailure][] = [
  // 43 and 237: a restart or a change of primary between two pages of an answer.
  [[6, 7, 43, 91, 237, 9001, 11600, 11601], 'unreachable'],
  [[50, 89, 262], 'slow'],
  [[133, 134, 189, 10058, 10107, 11602, 13435, 13436], 'no-primary'],
  [[64, 79, 100], 'not-majority'],
  // 8000: Atlas, of a wrong password, a quota that is used up, a right that is missing; told apart by its words.
  [[18, 8000], 'refused'],
  [[13], 'no-rights'],
  [[14031], 'full'],
];

/** The error to throw instead: `StoreUnavailable` where the server or the way to it is at fault, else the error itself. */
export function plain(error: unknown, where: Whereabouts): unknown {
  const failure = failureOf(error);
  return failure ? unavailable(failure, where, withoutContent(error)) : error;
}

/** A refused command is repeated by the server word for word, with what was to be written. That has no place in a log. */
function withoutContent(error: unknown): unknown {
  const [, told] =
    error instanceof Error ? (/^(not authorized .*? to execute command)/s.exec(error.message) ?? []) : [];
  return told === undefined ? error : new Error(told);
}

export const unavailable = (failure: MongoFailure, where: Whereabouts, cause?: unknown): StoreUnavailable =>
  new StoreUnavailable(SENTENCES[failure](where), cause === undefined ? {} : { cause });

/** A unique key is taken. */
export const isTaken = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11000;

function failureOf(error: unknown): MongoFailure | undefined {
  if (error instanceof StoreUnavailable || !(error instanceof Error)) return undefined;
  if (error instanceof mongoose.Error.MongooseServerSelectionError || error instanceof MongoServerSelectionError)
    return selection(error);
  // The driver makes one of the server's errors of whatever stopped a bulk write, also on the way there.
  const wrapped: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : undefined;
  if (wrapped instanceof Error) return failureOf(wrapped);
  if (error instanceof MongoServerError) return refusal(error);
  const known = DRIVER_ERRORS.find(([name]) => name.test(error.name))?.[1];
  if (known) return known;
  if (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')) return 'unreachable';
  // Nothing but options of the address has the driver open files.
  if ('syscall' in error && error.syscall === 'open') return 'file';
  // What the machine says of a socket or a name reaches us bare where the driver has not wrapped it yet.
  if ('code' in error && typeof error.code === 'string' && NETWORK_CODES.test(error.code)) return 'unreachable';
  return undefined;
}

/** The driver's picture of the servers, as far as it matters here. */
const topologySchema = z.object({
  type: z.string(),
  servers: z.map(z.string(), z.object({ type: z.string(), error: z.instanceof(Error).nullish() })),
});

/** No server could be chosen. Why, the last try to reach each of them says. */
function selection(error: Error & { reason?: unknown }): MongoFailure {
  if (/wire version/i.test(`${error.message} ${error.cause}`)) return 'old';
  const seen = topologySchema.safeParse(error.reason).data;
  const servers = [...(seen?.servers.values() ?? [])];
  const errors = servers.flatMap(({ error: last }) => last ?? []);
  const told = errors.map((last) => failureOf(innermost(last)) ?? failureOf(last)).find((it) => it !== undefined);
  if (told) return told;
  // Those that answered cannot be written to, or belong to another replica set and were left out.
  const answered = errors.length === 0 && servers.every(({ type }) => type !== 'Unknown');
  return answered && seen?.type.startsWith('ReplicaSet') ? 'no-primary' : 'unreachable';
}

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);

function refusal(error: Error & { code?: number | string }): MongoFailure | undefined {
  const code = Number(error.code);
  // Its words are the key that is taken, which a person may have chosen.
  if (isTaken(error)) return undefined;
  if (/quota|over your space/i.test(error.message)) return 'full';
  if (code === 13 && /authentication/i.test(error.message)) return 'anonymous';
  if (code === 8000 && /not (authorized|allowed)/i.test(error.message)) return 'no-rights';
  const known = SERVER_CODES.find(([codes]) => codes.includes(code))?.[1];
  if (known) return known;
  // Full disks have no code of their own everywhere.
  return /no space left|disk space|out of disk/i.test(error.message) ? 'full' : undefined;
}
