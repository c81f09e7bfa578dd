import type { Context } from 'hono';
import { personIn, type WebEnv, type WebPerson } from './env.ts';
import { localeOf } from './language.ts';

/** Whoever reads an answer or an event: their words, and what is theirs. */
export interface Reader {
  locale: string;
  person: WebPerson;
}

export const readerOf = (c: Context<WebEnv>): Reader => ({ locale: localeOf(c), person: personIn(c) });

/** Whatever is told its reader: the record was read once for all. */
export interface Told<T> {
  to(reader: Reader): T;
  /** Readers who are of one kind are told the same. There are few kinds of one language. */
  kind(reader: Reader): string;
}

/** Told all alike. */
export const toldAll = <T>(data: T): Told<T> => ({ to: () => data, kind: () => '' });
