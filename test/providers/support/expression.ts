const FUNCTIONS = {
  sin: Math.sin,
  cos: Math.cos,
  exp: Math.exp,
  hypot: Math.hypot,
  min: Math.min,
  lt: (a: number, b: number) => (a < b ? 1 : 0),
  clip: (value: number, low: number, high: number) => Math.min(high, Math.max(low, value)),
};

/**
 * An expression in ffmpeg's language as a function of the frame (0 is the first): its grammar is JavaScript's but for
 * `if` and for `;`, so that what ffmpeg is really given can be tested without it.
 */
export function compile(expression: string): (frame: number) => number {
  const body = expression.replace(/\bif\(/g, 'choose(').replace(/;/g, ',');
  const names = Object.keys(FUNCTIONS);
  const code = `const r = [], st = (i, v) => (r[i] = v), ld = (i) => r[i], choose = (c, a, b) => (c ? a : b); return (${body});`;
  const run: unknown = new Function(...names, 'on', code);
  if (typeof run !== 'function') throw new TypeError('not a function');
  return (frame) => Number(run(...Object.values(FUNCTIONS), frame + 1));
}
