/** "At once" would mean calling as fast as one is refused, in milliseconds. */
const MIN_WAIT_MS = 1_000;
/** Longer than this nobody waits on a header's word alone, in milliseconds. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1000;

export type Headers = Record<string, string | string[] | undefined>;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds, from a second to a day: it holds seconds or a date. A date is
 * measured against the answer's own `Date`, because machines' clocks differ. Undefined where nothing usable is said.
 */
export function retryAfterMs(headers: Headers, now: () => number = Date.now): number | undefined {
  const text = single(headers['retry-after'])?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return within(Number(text) * 1000);
  const at = dateOf(text);
  return at === undefined ? undefined : within(at - (dateOf(single(headers.date)) ?? now()));
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** An HTTP date begins with a day's name; `Date.parse` alone would take "-1" or "soon 5" for one. */
function dateOf(text: string | undefined): number | undefined {
  const ms = text !== undefined && /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

const within = (ms: number): number => Math.round(Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, ms)));
