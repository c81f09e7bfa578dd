import type { IncomingMessage } from 'node:http';
import type { FakeTelegram } from './telegram.ts';

export async function control(
  _telegram: FakeTelegram,
  _path: string,
  _req: IncomingMessage,
  _url: URL,
): Promise<unknown> {
  return undefined;
}
