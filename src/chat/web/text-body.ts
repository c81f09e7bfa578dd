import type { IncomingMessage } from 'node:http';
import { growing, sizeOf } from './growing.ts';
import { Problem } from './problem.ts';
import { receive } from './receive.ts';

const MAX_TEXT_BYTES = 16 * 1024;
const tooLong = () => new Problem(413, ({ web }) => web.badBody);

/** An empty body is an empty object. */
export async function readJson(incoming: IncomingMessage): Promise<unknown> {
  try {
    const body = await readText(incoming);
    return body === '' ? {} : JSON.parse(body);
  } catch (error) {
    throw error instanceof SyntaxError ? new Problem(400, ({ web }) => web.badBody) : error;
  }
}

export const readForm = async (incoming: IncomingMessage) => new URLSearchParams(await readText(incoming));

async function readText(incoming: IncomingMessage): Promise<string> {
  const maxBytes = sizeOf(incoming, MAX_TEXT_BYTES, tooLong);
  const body = growing({ maxBytes, firstBytes: maxBytes, tooLarge: tooLong });
  await receive(incoming, { put: body.add }).whole;
  return body.bytes().toString();
}
