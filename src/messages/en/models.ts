import { lengthsOf } from '../lengths.ts';
import { countedCredits, either } from './say.ts';

/** What the models of a service have. A model is named where there are several. */
export const models = {
  /** A model to choose, with what a clip of so many seconds costs. */
  choice: (label: string, credits: number, seconds: number): string =>
    credits > 0 ? `${label} (${countedCredits(credits)} for ${seconds} s)` : label,
  choose: (labels: readonly string[]): string =>
    labels.length === 0
      ? 'There is no choice of models here. Leave it out.'
      : `Choose one of the models here: ${either(labels)}.`,
  lengths: (seconds: readonly number[], label?: string): string =>
    `${label === undefined ? 'A clip here' : `A clip by ${label}`} lasts ${lengthsOf(seconds, either)} seconds.`,
  shapes: (names: readonly string[], label?: string): string =>
    names.length === 0
      ? 'Clips here have one shape. Leave it out.'
      : `A clip ${label === undefined ? 'here' : `by ${label}`} is ${either(names)}. Choose one of these, or leave the shape out.`,
  seedless: (label?: string): string =>
    `Clips ${label === undefined ? 'here' : `by ${label}`} know no seed: each is another. Leave it out.`,
  silent: (label?: string): string =>
    label === undefined
      ? 'Clips here have no sound.'
      : `Clips by ${label} have no sound. Choose another model, or leave it out.`,
  begins: 'Clips here begin with the picture. Leave the frame out.',
  /** `can`: the models here whose clips do. */
  noLast: (can: readonly string[], label = ''): string =>
    can.length === 0
      ? 'Clips here cannot end on a second picture. Leave it out.'
      : `Clips by ${label} cannot end on a second picture. Choose ${either(can)}, or leave it out.`,
};
