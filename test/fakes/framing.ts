import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** How servers of files send them: where a body ends, what becomes of the connection, and when the first byte comes. */
const FRAMINGS = ['keep-alive', 'close', 'chunked', 'until-end', 'late'] as const;
export type Framing = (typeof FRAMINGS)[number];

/** `mixed`: each in its turn. */
export type Framings = Framing | 'mixed';

/** For as long `late` answers say nothing. */
export const LATE_MS = 1_500;

/** The framing of the next answer, and of each after that. */
export function createFraming(framings: Framings = 'keep-alive'): () => Framing {
  let answers = 0;
  return () => (framings === 'mixed' ? (FRAMINGS[answers++ % FRAMINGS.length] ?? 'keep-alive') : framings);
}

/** The headers that frame a body of so many bytes. */
export function frame(res: ServerResponse, framing: Framing, bytes: number): OutgoingHttpHeaders {
  switch (framing) {
    case 'keep-alive':
    case 'late':
      return { 'content-length': bytes };
    case 'close':
      return { 'content-length': bytes, connection: 'close' };
    case 'chunked':
      return {};
    case 'until-end':
      // As HTTP/1.0 did: the end of the connection is the end of the body.
      res.removeHeader('transfer-encoding');
      return { connection: 'close' };
  }
}
