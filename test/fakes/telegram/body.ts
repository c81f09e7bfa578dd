import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { Upload } from './params.ts';
import { badRequest, Refusal } from './refusal.ts';

/** Bytes of a request without files. */
const MAX_PLAIN_BYTES = 4 * 1024 * 1024;

const tooLarge = () => new Refusal(413, 'Request Entity Too Large');

export interface Body {
  fields: Record<string, unknown>;
  files: Map<string, Upload>;
}

/** Reads a request in any of the four ways in which the Bot API takes parameters. Throws a `Refusal`. */
export async function readBody(req: IncomingMessage, query: URLSearchParams, maxFileBytes: number): Promise<Body> {
  const fields: Record<string, unknown> = Object.fromEntries(query);
  const type = req.headers['content-type'] ?? '';
  if (/^multipart\/form-data;\s*boundary=./.test(type)) return readForm(req, fields, maxFileBytes);
  const text = (await readAll(req)).toString();
  if (text === '') return { fields, files: new Map() };
  if (type.startsWith('application/json')) Object.assign(fields, readJson(text));
  else Object.assign(fields, Object.fromEntries(new URLSearchParams(text)));
  return { fields, files: new Map() };
}

function readJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  throw badRequest("can't parse JSON object");
}

async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= MAX_PLAIN_BYTES) chunks.push(chunk);
  }
  if (size > MAX_PLAIN_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

function readForm(req: IncomingMessage, fields: Body['fields'], maxFileBytes: number): Promise<Body> {
  const files: Body['files'] = new Map();
  return new Promise((resolve, reject) => {
    let problem: Error | undefined;
    const form = busboy({
      headers: req.headers,
      defParamCharset: 'utf8',
      limits: { fileSize: maxFileBytes, fieldSize: MAX_PLAIN_BYTES },
    });
    form.on('field', (name, value) => {
      fields[name] = value;
    });
    form.on('file', (name, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => {
        problem = tooLarge();
      });
      stream.on('end', () => files.set(name, { name: filename ?? name, bytes: Buffer.concat(chunks) }));
    });
    // The request is always read to its end: an answer to a half-read one is lost in a reset.
    form.on('close', () => (problem ? reject(problem) : resolve({ fields, files })));
    form.on('error', () => reject(badRequest("can't parse multipart/form-data")));
    req.on('error', reject);
    req.pipe(form);
  });
}
