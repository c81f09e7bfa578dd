/** Lengths in whole seconds, the shortest first: "2–10" where they follow each other, else as `either` lists them. */
export function lengthsOf(seconds: readonly number[], either: (things: readonly string[]) => string): string {
  const [first = 0] = seconds;
  const last = seconds.at(-1) ?? first;
  const areInARow = seconds.length > 2 && last - first === seconds.length - 1;
  return areInARow ? `${first}–${last}` : either(seconds.map(String));
}
