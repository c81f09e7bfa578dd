import { aivideoapiHeaders, aivideoapiJobPath } from './aivideoapi/aivideoapi.ts';
import { type CallTimeouts, createHttp } from './http/client.ts';
import type { HttpResult } from './http/exchange.ts';
import { createKeyRing, type Key } from './http/key-ring.ts';
import { organizationAnswer } from './runway/answers.ts';
import { runwayHeaders } from './runway/runway.ts';

/** What could be learned of a key without spending anything. */
export type KeyCheck = {
  provider: 'aivideoapi' | 'runway';
  /** The key's name. */
  key: string;
} & (
  | { works: 'yes'; credits: number }
  | { works: 'no' }
  /** The service was reached and did not refuse the key; more it does not tell without spending a credit. */
  | { works: 'untold' }
  /** `reason`: words of ours, an error's code or a status. */
  | { works: 'unreachable'; reason: string }
);

/** The keys of the settings; a provider that is not set up is absent. */
export interface KeysToCheck {
  aivideoapi?: { baseUrl: string; keys: readonly string[]; keyPrefix?: string };
  runway?: { baseUrl: string; secrets: readonly string[] };
  timeouts?: Partial<CallTimeouts>;
}

/** A job that nobody has: asking for it costs nothing, and a key that is not known is refused before it is looked for. */
const NO_JOB = '00000000-0000-4000-8000-000000000000';

/** Looks at every configured key, one call each, in the order of the settings. */
export async function checkKeys({ aivideoapi, runway, timeouts }: KeysToCheck): Promise<KeyCheck[]> {
  const checks: KeyCheck[] = [];
  if (aivideoapi) {
    const { baseUrl, keys, keyPrefix } = aivideoapi;
    const check = async ({ name, secret }: Key, get: Get): Promise<KeyCheck> => {
      const answer = await get(aivideoapiJobPath(NO_JOB), aivideoapiHeaders(secret, keyPrefix));
      return { provider: 'aivideoapi', key: name, ...aivideoapiSays(answer) };
    };
    checks.push(...(await eachKey(baseUrl, keys, timeouts, check)));
  }
  if (runway) {
    const check = async ({ name, secret }: Key, get: Get): Promise<KeyCheck> => {
      const answer = await get('/v1/organization', runwayHeaders(secret));
      return { provider: 'runway', key: name, ...runwaySays(answer) };
    };
    checks.push(...(await eachKey(runway.baseUrl, runway.secrets, timeouts, check)));
  }
  return checks;
}

/** A check in words, for whoever runs the program. */
export function keyCheckLine(check: KeyCheck): string {
  const key = `${check.provider}, key ${check.key}: `;
  switch (check.works) {
    case 'yes':
      return `${key}works, ${check.credits} credits left`;
    case 'no':
      return `${key}REFUSED by the service`;
    case 'untold':
      return `${key}not refused; whether credits are left cannot be told without spending one`;
    case 'unreachable':
      return `${key}could not be checked: ${check.reason}`;
  }
}

/** One key after the other: nobody's rate limit should spoil a check. */
async function eachKey(
  baseUrl: string,
  secrets: readonly string[],
  timeouts: Partial<CallTimeouts> | undefined,
  check: (key: Key, get: Get) => Promise<KeyCheck>,
): Promise<KeyCheck[]> {
  const http = createHttp({ baseUrl, ...(timeouts ? { timeouts } : {}) });
  const checks: KeyCheck[] = [];
  try {
    for (const key of createKeyRing(secrets).keys) {
      checks.push(await check(key, (path, headers) => http.call({ method: 'GET', path, headers })));
    }
  } finally {
    await http.close();
  }
  return checks;
}

type Get = (path: string, headers: Record<string, string>) => Promise<HttpResult>;

type KeyStatus =
  | { works: 'yes'; credits: number }
  | { works: 'no' | 'untold' }
  | { works: 'unreachable'; reason: string };

function aivideoapiSays(called: HttpResult): KeyStatus {
  if (called.got === 'nothing') return { works: 'unreachable', reason: called.reason };
  const { status } = called;
  if (status === 401 || status === 403) return { works: 'no' };
  // 404, 422 or an answer: it looked for the job.
  return status < 500 && status !== 429 ? { works: 'untold' } : { works: 'unreachable', reason: `HTTP ${status}` };
}

function runwaySays(called: HttpResult): KeyStatus {
  if (called.got === 'nothing') return { works: 'unreachable', reason: called.reason };
  const { status, json } = called;
  if (status === 401 || status === 403) return { works: 'no' };
  if (status !== 200) return { works: 'unreachable', reason: `HTTP ${status}` };
  const told = organizationAnswer.safeParse(json);
  if (!told.success) return { works: 'unreachable', reason: 'an answer that cannot be read' };
  return { works: 'yes', credits: told.data.creditBalance };
}
