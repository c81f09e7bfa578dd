import type { FakeTelegram } from './telegram.ts';

export interface Said {
  ok: boolean;
  status: number;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
  result: Record<string, unknown> & { message_id: number };
}

/** Asks the Bot API as plain HTTP; values that are Blobs go as files of a form. */
export function asking(tg: FakeTelegram) {
  return async (method: string, params: Record<string, unknown> = {}): Promise<Said> => {
    const answer = await fetch(`${tg.url}/bot${tg.token}/${method}`, { method: 'POST', ...bodyOf(params) });
    return { status: answer.status, ...((await answer.json()) as Omit<Said, 'status'>) };
  };
}

function bodyOf(params: Record<string, unknown>): RequestInit {
  const entries = Object.entries(params);
  if (!entries.some(([, value]) => value instanceof Blob))
    return { body: JSON.stringify(params), headers: { 'content-type': 'application/json' } };
  const body = new FormData();
  for (const [name, value] of entries) {
    if (value instanceof Blob) body.set(name, value, `${name}.bin`);
    else body.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return { body };
}
