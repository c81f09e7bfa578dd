import type { Answer, Named, Press, Reads } from '../view.ts';
import { loginFor } from './way-back.ts';
import { WORDS } from './words.ts';

/** The server said no, in a sentence for the person. Asking the same again changes nothing by itself. */
export class Refused extends Error {
  readonly status: number;
  constructor(sentence: string, status: number) {
    super(sentence);
    this.status = status;
  }
}

/** Nobody knows whether the request arrived: it may be repeated under its key. `said`: by the server, if it said anything. */
export class Unreachable extends Error {
  readonly said: string | undefined;
  constructor(said?: string) {
    super(said ?? WORDS.offline);
    this.said = said;
  }
}

/** An error as a sentence for the person. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : WORDS.broken);

/** Answers that a proxy gives, or a server on its way up or down. */
const PASSING = [408, 502, 503, 504];

/** A page on its way to the login is not sent there again meanwhile: that would begin anew. */
const LEAVING_MS = 10_000;
let leftAt = Number.NEGATIVE_INFINITY;

function logIn(): void {
  if (performance.now() - leftAt < LEAVING_MS) return;
  leftAt = performance.now();
  location.replace(loginFor(location));
}

/** What an answer means. Throws `Refused` or `Unreachable`; a session that has ended is no refusal: the same is asked again after the login. */
export function understand<T>(status: number, body: string): T {
  if (status === 401) {
    logIn();
    throw new Unreachable();
  }
  if (PASSING.includes(status)) throw new Unreachable(sentenceIn(body));
  if (status >= 400) throw new Refused(sentenceIn(body) ?? WORDS.broken, status);
  return JSON.parse(body);
}

function sentenceIn(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body);
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined; // a proxy's page
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let status = 0;
  let body = '';
  try {
    const response = await fetch(path, init);
    status = response.status;
    body = await response.text();
  } catch {
    throw new Unreachable();
  }
  return understand(status, body);
}

const read = <P extends keyof Reads>(path: P, query: URLSearchParams = new URLSearchParams()) =>
  ask<Reads[P]>(query.size > 0 ? `${path}?${query}` : path);

/** `keepalive`: what is small arrives although the page goes away. */
function post<T = Answer>(path: string, content?: object, signal?: AbortSignal): Promise<T> {
  const body = content && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
  return ask(path, { method: 'POST', keepalive: true, signal, ...body });
}

const within = encodeURIComponent;

/** The server's routes, as `view.ts` has them. */
export const api = {
  about: () => read('/api/about'),
  left: () => read('/api/left'),
  /** `isMine`: of what the reader asked for; without `before` the newest. */
  older: ({ before, isMine }: { before?: string; isMine: boolean }) =>
    read('/api/conversation', new URLSearchParams({ ...(before && { before }), ...(isMine && { mine: 'true' }) })),
  /** What the reader is called from now on. */
  rename: (name: string) => post<Named>('/api/me', { name }),
  /** Clips by pages. */
  clips: (of: URLSearchParams) => read('/api/clips', of),
  press: (taskId: string, action: string, request: Press, signal?: AbortSignal) =>
    post(`/api/tasks/${within(taskId)}/${within(action)}`, request, signal),
  /** One setting; `value` absent: as usual. */
  set: (name: string, value?: string) => post('/api/settings', { name, value }),
  /** A command without a picture. */
  say: (name: string, given: Record<string, string>) =>
    post(`/api/commands/${within(name)}?${new URLSearchParams(given)}`),
  /** The person means it. */
  confirm: (question: string) => post(`/api/confirm/${within(question)}`),
};
