import { readFileSync } from 'node:fs';
import { aboutSetting, type Env, type Settings } from './setting.ts';

/** A secret's name with this behind it names the file that the secret is in. */
const SUFFIX = '_FILE';
/** No secret is longer. */
const MAX_CHARS = 10_000;

/** The names that stand for files of secrets. */
export const fileNames = (settings: Settings): string[] =>
  Object.entries(settings).flatMap(([name, schema]) =>
    aboutSetting(schema).secret === undefined ? [] : `${name}${SUFFIX}`,
  );

/** The environment with the secrets that are in files; one that is set itself wins. What is amiss goes to `wrong`. */
export function withSecretFiles(settings: Settings, env: Env, wrong: string[]): Env {
  const read = fileNames(settings).flatMap((fileName) => {
    const name = fileName.slice(0, -SUFFIX.length);
    const path = env[fileName]?.trim();
    if (!path || env[name]?.trim()) return [];
    const secret = secretIn(path, (problem) => wrong.push(`${fileName}: ${problem}`));
    return secret === undefined ? [] : [[name, secret] as const];
  });
  return { ...env, ...Object.fromEntries(read) };
}

/** Editors end a file with a line break, which is no part of a secret. */
function secretIn(path: string, tell: (problem: string) => void): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/[\r\n]+$/, '');
    if (text.trim() !== '' && text.length <= MAX_CHARS) return text;
    tell(`the file that it names ${text.trim() === '' ? 'is empty' : 'holds no secret: it is too long'}`);
  } catch (error) {
    // Not which: somebody may have put the secret itself there.
    const code = error instanceof Error && 'code' in error ? error.code : 'no code';
    tell(`no file can be read there (${code}); it takes the path of a file, not the secret`);
  }
  return undefined;
}
