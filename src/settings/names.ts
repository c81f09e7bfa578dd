import type { EnvFile } from './env-file.ts';
import type { Env } from './setting.ts';

/** Names in a file of settings that are for other programs: AWS's own, Docker, Node, the system. */
const OF_OTHERS = /^(AWS|COMPOSE|DOCKER|NODE|NPM|MONGO_INITDB|LC)_|^(TZ|LANG|PATH|HOME|SHELL|USER)$/i;
/** What stands before a `=` and is no name may hold a secret, as in `API_KEYS: secret=`; `oddLines` tells of such lines. */
const NAME = /^[\w-]+$/;
/** Of the environment's many names only one that is nearly a setting is meant for this program. */
const LONG_ENOUGH = 6;

/**
 * Names that look like settings and are none, a sentence each: all in the file, and of the environment those that are a slip
 * of the finger away from one.
 */
export function unknownNames(file: Pick<EnvFile, 'path' | 'values'>, env: Env, known: readonly string[]): string[] {
  const isKnown = (name: string) => known.includes(name);
  const inFile = Object.keys(file.values).filter(
    (name) => NAME.test(name) && !isKnown(name) && (!OF_OTHERS.test(name) || isNearly(name, known)),
  );
  const slips = Object.keys(env).filter(
    (name) => !isKnown(name) && !(name in file.values) && name.length >= LONG_ENOUGH && isNearly(name, known),
  );
  return [
    ...inFile.map((name) => `${name} in ${file.path} is no setting${meant(name, known)}`),
    ...slips.map((name) => `${name} in the environment is no setting${meant(name, known)}`),
  ];
}

const isNearly = (name: string, known: readonly string[]): boolean => known.some((each) => isSlip(name, each));

/** One letter too many, too few or another, or two that changed places. */
const isSlip = (name: string, known: string): boolean =>
  Math.abs(name.length - known.length) <= 1 && (distance(name, known) === 1 || isSwapped(name, known));

function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, n) => letter !== b[n]);
  return at >= 0 && a !== b && a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}

function meant(name: string, known: readonly string[]): string {
  const plain = name.toUpperCase().replace(/\W/g, '_');
  const [nearest] = known
    .map((each) => ({ each, far: distance(plain, each) }))
    .filter(({ far }) => far <= plain.length / 3)
    .sort((a, b) => a.far - b.far);
  return nearest ? `: did you mean ${nearest.each}?` : '. docs/settings.md has them all.';
}

/** How many letters have to be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
