import { sha256 } from '../../util/hash.ts';

/** A key with the name that stands for it everywhere else. */
export interface Key {
  name: string;
  /** Goes into a request's header and nowhere else. */
  secret: string;
}

/** Names a key by the first 8 hex digits of its SHA-256: enough to tell keys apart, nothing to use one with. */
export const keyName = (secret: string): string => sha256(secret).slice(0, 8);

/**
 * A provider's keys, in the order of the setting, each once. Throws a `RangeError` for a key that cannot stand in a
 * header. It tells the key's place, not the key.
 */
export function createKeyRing(secrets: readonly string[]) {
  const odd = secrets.findIndex((secret) => !/^[\x21-\x7e]+$/.test(secret));
  if (odd >= 0) throw new RangeError(`Key number ${odd + 1} is empty or has a character that no key has.`);
  const keys = new Map(secrets.map((secret) => [keyName(secret), { name: keyName(secret), secret }]));
  return { names: [...keys.keys()], byName: (name: string): Key | undefined => keys.get(name) };
}

/** Whether a provider's own id for a job has a form that can be asked for: it goes into a path and into a query. */
export const isExternalId = (id: string): boolean => /^[\w-][\w.~-]{0,99}$/.test(id);

/** A job's id as the rest of the program keeps it: only the key that made the job may ask for it. */
export const jobIdOf = (key: string, externalId: string): string => `${key}:${externalId}`;

/** The parts of a job's id; undefined where it has not the form of one. */
export function readJobId(jobId: string): { key: string; externalId: string } | undefined {
  const [, key, externalId] = /^([0-9a-f]{8}):(.*)$/.exec(jobId) ?? [];
  return key !== undefined && externalId !== undefined && isExternalId(externalId) ? { key, externalId } : undefined;
}
