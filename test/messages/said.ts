import type { Messages } from '../../src/messages/messages.ts';
import { SAMPLES } from './samples.ts';

/** All that a table can say, by the path of its key: a text, or what a function says to each of its samples. */
export function saidIn(words: Messages): Map<string, string[]> {
  const said = new Map<string, string[]>();
  walk(words, SAMPLES, '');
  return said;

  function walk(value: unknown, samples: unknown, path: string): void {
    if (typeof value === 'string') said.set(path, [value]);
    else if (typeof value === 'function') {
      if (!Array.isArray(samples)) throw new Error(`${path} has no samples`);
      said.set(
        path,
        samples.flatMap((args: unknown) => {
          const text: unknown = Reflect.apply(value, undefined, Array.isArray(args) ? args : []);
          return Array.isArray(text) ? text.map(String) : [String(text)];
        }),
      );
    } else
      for (const [key, each] of Object.entries(value ?? {}))
        walk(each, samplesUnder(samples, key), path === '' ? key : `${path}.${key}`);
  }
}

const samplesUnder = (samples: unknown, key: string): unknown =>
  typeof samples === 'object' && samples !== null ? new Map(Object.entries(samples)).get(key) : undefined;
