import { z } from 'zod';
import { badRequest } from './refusal.ts';

export interface Upload {
  name: string;
  bytes: Buffer;
}

/** One request as it came in. */
export interface Call {
  method: string;
  fields: Record<string, unknown>;
  /** By the part's name. */
  files: Map<string, Upload>;
  /** Aborts when the client goes away. */
  gone: AbortSignal;
}

export type Method = (call: Call) => unknown;

// Forms carry everything as text and nested values as JSON in text; JSON bodies may do the same.
const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
const numeral = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;

export const int = z.preprocess(numeral, z.number().int());
export const flag = z.preprocess(
  (value) => (typeof value === 'string' ? /^(true|yes|1)$/i.test(value) : value),
  z.boolean(),
);
export const str = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());
export const chatId = z.preprocess(numeral, z.union([z.number().int(), z.string().startsWith('@')]));
export const json = <T extends z.ZodType>(schema: T) => z.preprocess(parsed, schema);

/** The words of the Bot API for what is missing. */
const MISSING: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  file_id: 'file_id not specified',
  callback_query_id: 'query is too old and response timeout expired or query ID is invalid',
};

/** A method with its parameters read. */
export function method<T extends z.ZodType>(schema: T, handle: (params: z.output<T>, call: Call) => unknown): Method {
  return (call) => {
    const read = schema.safeParse(call.fields);
    if (read.success) return handle(read.data, call);
    const [issue] = read.error.issues;
    const field = String(issue?.path[0] ?? '');
    const missing = call.fields[field] === undefined ? MISSING[field] : undefined;
    throw badRequest(missing ?? `can't parse ${issue?.path.join('.')}: ${issue?.message}`);
  };
}
