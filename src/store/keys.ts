import type { Place } from '../task/task.ts';

/**
 * Text that is only ever compared. As JSON, because SQLite's text ends at a NUL and UTF-8 knows no lone surrogates: two
 * different keys that people wrote could otherwise become one.
 */
export const key = (text: string): string => JSON.stringify(text);

/** A conversation, as tasks are searched by it. */
export const placeKey = (place: Pick<Place, 'platform' | 'chat'>): string =>
  JSON.stringify([place.platform, place.chat]);
