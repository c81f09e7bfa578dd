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
