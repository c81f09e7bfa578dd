import { pipeline } from 'node:stream/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../util/log.ts';
import type { WebEnv } from './env.ts';
import { partAsked } from './part.ts';
import { Problem } from './problem.ts';

/** A blob of a task, as what it is sent. */
export interface Served {
  taskId: string;
  blob: string;
  type: string;
  cache: string;
  /** Saved under this name instead of shown. */
  saveAs?: string;
  /** Beside those of a file. */
  headers?: Readonly<Record<string, string>>;
  /** Where it is in object storage, its reader is sent there, for so long at most. */
  elsewhereForSeconds?: number;
}

/** Sends bytes from the store, whole or in part. Throws a `Problem` where they are not there. */
export type Serve = ReturnType<typeof createServe>;

export function createServe({ store, log }: { store: Pick<Store, 'blobs'>; log: Pick<Log, 'error'> }) {
  return async (
    c: Context<WebEnv>,
    { taskId, blob, type, cache, saveAs, headers: more, elsewhereForSeconds: forSeconds }: Served,
  ): Promise<Response> => {
    const disposition = saveAs === undefined ? undefined : attachment(saveAs);
    // An address is signed for the one method: who asks for the head alone has it from here.
    if (forSeconds !== undefined && c.req.method === 'GET') {
      const address = await store.blobs.address(taskId, blob, { type, disposition, forSeconds });
      if (address !== undefined) return c.body(null, 302, { ...more, 'Cache-Control': cache, Location: address });
    }
    const stored = await store.blobs.stat(taskId, blob);
    if (!stored) throw new Problem(404, ({ web }) => web.notFound);
    const part = partAsked(c, { ...stored, type, disposition, headers: { 'Cache-Control': cache, ...more } });
    if (part instanceof Response) return part;
    const { start, end, status, headers } = part;

    // Straight to the socket: a reader that is slow holds one chunk, one that leaves closes the file, and where the disk
    // fails halfway the connection breaks instead of ending in words that look like a clip. Until then there are words.
    const { outgoing } = c.env;
    const pieces = store.blobs.read(taskId, blob, { start, end })[Symbol.asyncIterator]();
    try {
      const first = await pieces.next();
      outgoing.writeHead(status, headers);
      await pipeline(allFrom(first, pieces), outgoing).catch((error: unknown) => {
        if (!isDisconnect(error)) log.error({ err: error, task: taskId, blob }, 'a file could not be served');
      });
    } finally {
      await pieces.return?.();
    }
    return RESPONSE_ALREADY_SENT;
  };
}

async function* allFrom<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value;
}

/** A name in any script, and one in letters that every browser reads (RFC 6266). */
function attachment(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^\w.-]/g, '');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

const isDisconnect = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(String(error.code));
