import { z } from 'zod';
import type { Place } from '../task/task.ts';

/**
 * Text that is only ever compared. As JSON, because SQLite's text ends at a NUL and UTF-8 knows no lone surrogates: two
 * different keys that people wrote could otherwise become one.
 */
export const key = (text: string): string => JSON.stringify(text);

/** The same of text that may be absent. */
export const keyIfAny = (text: string | undefined): string | undefined => (text === undefined ? undefined : key(text));

/** What JSON on record says. */
export const json = z.string().transform((value): unknown => JSON.parse(value));
/** The text that `key` was made of. */
export const text = json.pipe(z.string());

/** A conversation, as tasks are searched by it. */
export const placeKey = (place: Pick<Place, 'platform' | 'chat'>): string =>
  JSON.stringify([place.platform, place.chat]);

/** The same of one that may be absent. */
export const placeKeyIfAny = (place: Pick<Place, 'platform' | 'chat'> | undefined): string | undefined =>
  place && placeKey(place);

/** A blob's task and name. Paths are made of these two, so they are checked, although neither ever comes from a person. */
export function blobName(task: string, name: string): { task: string; name: string } {
  if (!/^[0-9a-f]{24}$/.test(task)) throw new RangeError('A task id is 24 hex digits.');
  if (!/^[a-z0-9-]{1,64}$/.test(name)) throw new RangeError('A blob has a name of 1 to 64 of a-z, 0-9 and "-".');
  return { task, name };
}
