import type { Context } from 'hono';
import type { WebEnv } from './env.ts';
import { parseRange } from './range.ts';

/** Bytes that are to be sent, `end` exclusive, and how their answer begins. */
export interface Part {
  start: number;
  end: number;
  status: 200 | 206;
  headers: Record<string, string>;
}

/** What is sent. */
export interface Whole {
  bytes: number;
  sha256: string;
  type: string;
  disposition?: string;
  /** Of any answer, also where no bytes are sent. */
  headers: Record<string, string>;
}

/** Which of the bytes are asked for; or the answer, where it has none of them. */
export function partAsked(
  c: Context<WebEnv>,
  { bytes, sha256, type, disposition, headers: more }: Whole,
): Part | Response {
  const etag = `"${sha256}"`;
  const base = { ETag: etag, 'Accept-Ranges': 'bytes', ...more };
  if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, base);

  const sameVersion = (c.req.header('if-range') ?? etag) === etag;
  const range = sameVersion ? parseRange(c.req.header('range'), bytes) : undefined;
  if (range === 'unsatisfiable') return c.body(null, 416, { ...base, 'Content-Range': `bytes */${bytes}` });
  const { start, end } = range ?? { start: 0, end: bytes };
  const status = range ? 206 : 200;
  const headers = {
    ...base,
    'Content-Type': type,
    'Content-Length': String(end - start),
    ...(range ? { 'Content-Range': `bytes ${start}-${end - 1}/${bytes}` } : {}),
    ...(disposition === undefined ? {} : { 'Content-Disposition': disposition }),
  };
  return c.req.method === 'HEAD' ? c.body(null, status, headers) : { start, end, status, headers };
}
