import type { HeededOptions } from '../task/options.ts';
import type { Shape } from '../task/picture.ts';

/** What a language says of what a clip is made with, one by one. */
interface OptionWords {
  length(seconds: number): string;
  withSound(seconds: number): string;
  motion(n: number): string;
  seed(n: number): string;
  /** The first of several. */
  seedsFrom(n: number): string;
  shapes: Readonly<Record<Shape, string>>;
}

/** How a language tells what a clip is made with, for a line of facts: the order is alike in all. */
export const optionsIn =
  (words: OptionWords) =>
  ({ duration, sound, shape = 'auto', motion, seed }: HeededOptions, { isFirstSeed = false } = {}): string[] => [
    sound === 'on' ? words.withSound(duration) : words.length(duration),
    ...(shape === 'auto' ? [] : [words.shapes[shape]]),
    ...(motion === undefined ? [] : [words.motion(motion)]),
    ...(seed === undefined ? [] : [isFirstSeed ? words.seedsFrom(seed) : words.seed(seed)]),
  ];
