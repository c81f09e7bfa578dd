import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../src/messages/en/index.ts';
import { saidIn } from './said.ts';

/** Every file of code that may say something, without its comments. */
const sources = ['src', 'commands'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(tsx?|js|html)$/.test(path) && !path.startsWith(join('src', 'messages')))
    .map((path) => readFileSync(path, 'utf8').replace(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')),
);
const wordsOf = sources.map((source) => new Set(source.match(/[\p{L}\p{N}_]+/gu)));

/** Words that are looked up by a value, whole: an option's, a state's, a setting's, a permission's, a reason's. */
const LOOKED_UP = [
  /^commands\.\w+\.(name|description)$/,
  /^commands\.\w+\.options\./,
  /^settings\.rows\.\w+\./,
  /^status\.\w+$/,
  /^discord\.permissions\./,
  /^(terminal\.reasons|page\.(notAPicture|moves|samples))\./,
];

/** A file that speaks of the part it stands in, and of the key: by name, for a key that has a common one is said to be used by it. The page's own come to it as `words`. */
const isUsed = (path: string): boolean => {
  const keys = path.split('.');
  const [part, key] = [keys[0] ?? '', keys.at(-1) ?? ''];
  return wordsOf.some((words) => words.has(key) && (keys.length === 1 || part === 'page' || words.has(part)));
};

test('every word is said somewhere: a key that nothing reads is taken out', () => {
  const unused = [...saidIn(en).keys()].filter((path) => !LOOKED_UP.some((each) => each.test(path)) && !isUsed(path));
  expect(unused).toEqual([]);
});

test('a key that nothing reads is found', () => {
  expect(isUsed('request.never_said')).toBe(false);
  expect(isUsed('request.tooLate')).toBe(true);
});
