import type { KeyStatus } from '../define-provider.ts';
import { type CallOptions, createHttp, type HttpCall } from './client.ts';
import type { Answered } from './exchange.ts';

/** Asks for `path` once, on a connection of its own. `read` is for an answer that does not refuse the key. */
export async function checkKeyAt(
  baseUrl: string,
  call: Pick<HttpCall, 'path' | 'headers'>,
  read: (answer: Answered) => KeyStatus,
  how?: CallOptions,
): Promise<KeyStatus> {
  const http = createHttp({ baseUrl, ...how });
  try {
    const answer = await http.call({ method: 'GET', ...call });
    if (answer.outcome === 'nothing') return { outcome: 'unreachable', reason: answer.reason };
    return answer.status === 401 || answer.status === 403 ? { outcome: 'refused' } : read(answer);
  } finally {
    await http.close();
  }
}
