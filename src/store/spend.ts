import { z } from 'zod';
import { type NewTask, type Place, personOf } from '../task/task.ts';
import { sha256 } from '../util/hash.ts';
import { key, keyIfAny, placeKey, text } from './keys.ts';

/** What one attempt cost. Does not go with its task, so that deleting a clip refunds nothing; holds no content. */
export interface SpendRow {
  attemptId: string;
  /** Hash of the person's id. */
  person: string;
  /** Hash of the chat that it was asked for in; absent in early rows. */
  chat?: string;
  provider: string;
  /** Credits; counted in full until settled. */
  cost: number;
  /** Hash of the request key. */
  request: string;
}

/** A chat as rows name it. */
export const chatHash = (place: Pick<Place, 'platform' | 'chat'>): string => sha256(placeKey(place));

/** What an attempt of this task may cost. */
export const spendRow = (
  {
    requester,
    place,
    requestKey,
    provider,
    cost,
  }: Pick<NewTask, 'requester' | 'place' | 'requestKey' | 'provider' | 'cost'>,
  attemptId: string,
): SpendRow => ({
  attemptId,
  person: sha256(personOf(requester)),
  chat: chatHash(place),
  provider,
  cost,
  request: sha256(requestKey),
});

/**
 * The row that counts another attempt from a person's word on until its task waits for its turn: named by the doubtful
 * attempt that it is to follow, so that the word given twice counts once.
 */
export const wordRow = (doubtfulAttempt: string): string => `word-${doubtfulAttempt}`;

/** No limit looks further back than a day, and no platform tells a request again after two: that stays on record in any case. */
export const SPEND_MS = 2 * 24 * 60 * 60 * 1000;
/** So long rows are kept where tasks are kept for `keepMs`. */
export const spendKeptMs = (keepMs: number): number => Math.max(keepMs, SPEND_MS);

/** What several attempts or tasks cost together. */
export const sumSchema = z.object({ credits: z.number(), clips: z.number() });
export type Sum = z.infer<typeof sumSchema>;
export const NOTHING: Sum = { credits: 0, clips: 0 };

/** Whose rows, by the hashes in them; what is absent is any. */
export type SpendFilter = Partial<Pick<SpendRow, 'provider' | 'person' | 'chat'>>;

export interface Spend {
  /** Written before the attempt is made. */
  open(row: SpendRow): Promise<void>;
  /** What it cost in the end, and whether it was refused by moderation. */
  settle(attemptId: string, outcome: { cost: number; moderated?: boolean }): Promise<void>;
  /** Credits and attempts that cost something in this time, its end excluded, by when attempts were opened. */
  between(from: number, to: number): Promise<Sum>;
  /** How many people had attempts opened in this time, its end excluded, whatever they cost. Reads each row of it. */
  people(from: number, to: number): Promise<number>;
  /** Whether there was an attempt for this request, by the hash of its key: also where its task is gone since. */
  knows(request: string): Promise<boolean>;
  /** A person's attempts since an instant that moderation refused: how many, and when the last was opened. */
  moderated(instant: number, person: string): Promise<{ count: number; lastAt: number | undefined }>;
}

/** A row's fields as databases have them; beside them `settled`, `moderated` and `at`. */
export const spendFields = ({ person, chat, provider, cost, request }: SpendRow) => ({
  person: key(person),
  chat: keyIfAny(chat),
  provider: key(provider),
  cost,
  request: key(request),
});

const flag = z.union([z.boolean(), z.number().transform(Boolean)]);
export const spendSchema = z.object({
  person: text,
  chat: text.nullish().transform((chat) => chat ?? undefined),
  provider: text,
  cost: z.number(),
  request: text,
  settled: flag,
  moderated: flag,
  at: z.number(),
});
