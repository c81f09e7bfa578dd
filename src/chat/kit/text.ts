/** How far something is, from 0 to 1, as a row of cells. */
export function bar(progress: number, cells: number, [full, empty] = ['▰', '▱']): string {
  const done = Math.round(Math.min(1, Math.max(0, progress)) * cells);
  return full.repeat(done) + empty.repeat(cells - done);
}

/** Cuts to so many code units, not within a character; whether something was cut can be seen. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${(/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd()}…`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A person's words within a line of ours: where they run from right to left, they leave the order of the rest as it is. */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);
