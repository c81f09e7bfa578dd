import { randomBytes } from 'node:crypto';
import type { RESTOptions } from 'discord.js';
import { type Agent, Headers, request } from 'undici';
import { codeOf } from '../../../net/error-code.ts';
import { isNoTunnel } from '../../../net/tunnel.ts';

/** A file that goes along with a call; `read` begins anew each time. */
export interface Upload {
  name: string;
  type: string;
  bytes: number;
  /** It is covered until it is tapped. */
  spoiler?: boolean;
  read(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A page of 100 messages stays well below it. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** Codes of errors after which certainly no byte has left. */
const UNSENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/** Certainly no byte has left. */
export class NotSent extends Error {
  override name = 'NotSent';
}

/** The transport of discord.js's calls, by undici: it streams bodies, and tells calls that were never sent from others. */
export function requestBy(dispatcher: Agent): RESTOptions['makeRequest'] {
  return async (url, { method = 'GET', headers, body, signal }) => {
    if (signal?.aborted) throw new NotSent('stopped before it began');
    try {
      // Those of small files that go along with an answer, as Node has them: this undici does not know them for forms.
      const form = body instanceof FormData ? new Response(body) : undefined;
      const type = form?.headers.get('content-type');
      const answer = await request(url, {
        method,
        headers: { ...(headers as Record<string, string>), ...(type ? { 'content-type': type } : {}) },
        body: form ? Buffer.from(await form.arrayBuffer()) : (body as string | AsyncIterable<Uint8Array> | null),
        signal: signal ?? null,
        dispatcher,
        // Never paused: undici's parser ends the program where a server closes meanwhile (nodejs/undici#5360).
        highWaterMark: MAX_ANSWER_BYTES,
      } as Parameters<typeof request>[1]);
      const told = new Headers();
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) told.set(name, String(value));
      return {
        body: answer.body,
        bodyUsed: false,
        headers: told,
        status: answer.statusCode,
        statusText: '',
        ok: answer.statusCode >= 200 && answer.statusCode < 300,
        arrayBuffer: async () => new Uint8Array(await whole(answer.body)).buffer,
        json: async () => JSON.parse((await whole(answer.body)).toString()),
        text: async () => (await whole(answer.body)).toString(),
      };
    } catch (error) {
      const code = codeOf(error);
      if (UNSENT.has(code) || isNoTunnel(code)) throw new NotSent(`no connection (${code})`);
      throw error;
    }
  };
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('an answer too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A form of `payload_json` and one file, as a stream of known length. */
export function formOf(body: object | undefined, { name, type, bytes, read }: Upload) {
  const boundary = `kinora-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="payload_json"\r\nContent-Type: application/json\r\n\r\n` +
      `${JSON.stringify(body ?? {})}\r\n--${boundary}\r\nContent-Disposition: form-data; name="files[0]"; ` +
      `filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* parts(): AsyncIterable<Uint8Array> {
    yield head;
    yield* read();
    yield tail;
  }
  return {
    body: parts(),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + bytes + tail.length),
    },
  };
}
