import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answers to requests that cannot be parsed, and so reach no route. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ error: SENTENCES[status] });
  const head = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}

const SENTENCES: Record<number, string> = {
  400: 'This request cannot be understood.',
  408: 'The request did not arrive in time. Send it again.',
  431: 'The request is too long. Use a shorter scene.',
  500: 'Something went wrong here, not with your request. The log of the bot says more.',
};

/** An answer where no application could give one. */
export const sayNo = (status: number): Response => Response.json({ error: SENTENCES[status] }, { status });
