import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { oddLines } from './odd-lines.ts';
import { ConfigError, type Env } from './setting.ts';

/** A file of settings, as it was found. */
export interface EnvFile {
  path: string;
  isThere: boolean;
  values: Readonly<Record<string, string>>;
  /** What in it does not do what it seems to, a sentence each. No value stands in them. */
  odd: readonly string[];
}

/** Reads a file of settings, as editors on any system leave one. No file is fine. Throws `ConfigError`. */
export function readEnvFile(path = '.env'): EnvFile {
  const text = textOf(path);
  if (text === undefined) return { path, isThere: false, values: {}, odd: misplaced(path) };
  return { path, isThere: true, values: parsed(text), odd: oddLines(text, path) };
}

/** Undefined where there is no such file. Throws `ConfigError`. */
function textOf(path: string): string | undefined {
  try {
    return decoded(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new ConfigError(
      `The file ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

/** Names that editors and people give the file instead. */
const OTHER_ENDS = ['.txt', '.env', '.example'];

/** The files beside the one that is not there in which its settings seem to stand, a sentence each. */
function misplaced(path: string): string[] {
  return OTHER_ENDS.map((end) => `${path}${end}`)
    .filter((other) => existsSync(other) && Object.keys(parsed(textOf(other) ?? '')).length > 0)
    .map((other) => `There is no ${path}, and settings in ${other} are not read: name that file ${path}.`);
}

/** Adds what `.env` in this folder says to `env`; what that says already wins. */
export function loadEnvFile(path = '.env', env: Env = process.env): EnvFile {
  const file = readEnvFile(path);
  for (const [name, value] of Object.entries(file.values)) env[name] ??= value;
  return file;
}

const parsed = (text: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parseEnv(text)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Windows' editors write UTF-16, or a mark before UTF-8. A decoder takes the mark away. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittle = (first === 0xff && second === 0xfe) || (second === 0 && first !== 0);
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes);
}
