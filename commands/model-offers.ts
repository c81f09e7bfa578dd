import { messagesFor } from '../src/messages/messages.ts';
import {
  capabilitiesOf,
  creditsOf,
  endingOnPicture,
  heedsSeed,
  modelOf,
  offeredModels,
  offeredSeconds,
  offeredShapes,
  offers,
  shapesOf,
  usualSeconds,
} from '../src/providers/models.ts';
import type { Provider } from '../src/providers/provider.ts';
import { type Options, optionsSchema } from '../src/task/options.ts';
import type { Shape } from '../src/task/picture.ts';
import type { ChosenSettings } from './settings/rows.ts';
import type { OfferedValues } from './table.ts';

/** The values of a request's options that there are where this renders: models with what a clip costs, lengths, shapes, sound. */
export function modelOffers(provider: Provider): Readonly<Record<string, OfferedValues>> {
  const models = offeredModels(provider);
  const lengths = offeredSeconds(provider);
  const shapes = offeredShapes(provider);
  return {
    model: {
      choices: models.map(({ name }) => name),
      nameOf: (name, locale) => modelName(provider, String(name), locale),
      wrong: (locale) => messagesFor(locale).models.choose(models.map(({ label }) => label)),
    },
    duration: { choices: lengths, wrong: (locale) => messagesFor(locale).models.lengths(lengths) },
    shape: { choices: shapes, wrong: (locale) => wrongShape(shapes, locale) },
    ...(heedsSeed(provider)
      ? {}
      : { seed: { isThere: false, wrong: (locale) => messagesFor(locale).models.seedless() } }),
    sound: {
      choices: offers(provider, 'sound') ? ['on', 'off'] : [],
      wrong: (locale) => messagesFor(locale).models.silent(modelOf(provider)?.label),
    },
    frame: {
      choices: offers(provider, 'endFrame') ? optionsSchema.shape.frame.unwrap().options : [],
      wrong: (locale) => messagesFor(locale).models.begins,
    },
    last: {
      isThere: offers(provider, 'lastFrame'),
      wrong: (locale) => messagesFor(locale).models.noLast([]),
    },
  };
}

/** A model as people choose it: with what a clip of the usual length costs. */
export function modelName(provider: Provider, name: string, locale: string): string {
  const duration = usualSeconds(capabilitiesOf(provider, name));
  return messagesFor(locale).models.choice(
    modelOf(provider, name)?.label ?? name,
    creditsOf(provider, { model: name, duration }),
    duration,
  );
}

/** The sentence against a shape that is none of these. */
function wrongShape(shapes: readonly Shape[], locale: string, label?: string): string {
  const { models, commands } = messagesFor(locale);
  const { choices } = commands.animate.options.shape;
  return models.shapes(
    shapes.filter((shape) => shape !== 'auto').map((shape) => choices[shape]),
    label,
  );
}

type Wanted = Pick<Partial<Options>, 'model' | 'duration' | 'sound' | 'frame' | 'shape'>;

/**
 * What a request is made with, or the sentence against what its model does not have. `usual`: a length and a shape that are
 * usual at its place, and are not insisted on. `hasLast`: a picture that the clip is to end on came along.
 */
export function chooseModel(
  provider: Provider,
  { model, duration, sound, frame, shape }: Wanted,
  {
    usual = {},
    hasLast = false,
    locale,
  }: { usual?: Pick<ChosenSettings, 'duration' | 'shape'>; hasLast?: boolean; locale: string },
): Pick<Options, keyof Wanted & keyof Options> | { refused: string } {
  const words = messagesFor(locale).models;
  const offered = offeredModels(provider);
  if (model !== undefined && model !== provider.model && !offered.some(({ name }) => name === model))
    return { refused: words.choose(offered.map(({ label }) => label)) };
  const chosen = modelOf(provider, model);
  const limits = capabilitiesOf(provider, model);
  const { durations, sound: hasSound, endFrame } = limits;
  const shapes = shapesOf(limits);
  if (duration !== undefined && !durations.includes(duration))
    return { refused: words.lengths(durations, chosen?.label) };
  if (shape !== undefined && shape !== 'auto' && !shapes.includes(shape))
    return { refused: wrongShape(shapes, locale, chosen?.label) };
  if (sound === 'on' && !hasSound) return { refused: words.silent(chosen?.label) };
  const noLast = hasLast ? lastProblem(provider, model, locale) : undefined;
  if (noLast !== undefined) return { refused: noLast };
  if (frame === 'last' && !endFrame) return { refused: words.begins };
  return {
    model: chosen?.name,
    // Where it was asked for, the price of the usual model's length was shown: the nearest to that one, not to the wish.
    duration: duration ?? usualSeconds({ durations }, usualSeconds(provider.capabilities, usual.duration)),
    sound: hasSound ? (sound ?? 'off') : undefined,
    frame: endFrame && frame === 'last' ? frame : undefined,
    shape: shapeIn(shapes, shape ?? usual.shape),
  };
}

/** The sentence against a picture to end on, which says whose clips do; undefined where this model's do. */
export function lastProblem(provider: Provider, model: string | undefined, locale: string): string | undefined {
  if (capabilitiesOf(provider, model).lastFrame) return undefined;
  const can = endingOnPicture(provider).map(({ label }) => label);
  return messagesFor(locale).models.noLast(can, modelOf(provider, model)?.label);
}

/** A shape as it goes on record: `auto` where it is none of these, and nothing where there is no choice. */
const shapeIn = (shapes: readonly Shape[], shape: Shape = 'auto'): Shape | undefined =>
  shapes.length === 0 ? undefined : shapes.includes(shape) ? shape : 'auto';

/** The sentence against a seed that somebody named for a model that makes nothing of it; undefined where there is none. */
export function seedProblem(
  provider: Provider,
  { model, seed }: Pick<Partial<Options>, 'model' | 'seed'>,
  locale: string,
): string | undefined {
  if (seed === undefined || !capabilitiesOf(provider, model).ignoresSeed) return undefined;
  return messagesFor(locale).models.seedless(modelOf(provider, model)?.label);
}

/** Options of an earlier clip as they can be kept: what is not to be had any more is left open, its length the nearest. */
export function keptOptions<O extends Wanted>(provider: Provider, options: O, model = options.model): O {
  const isOffered = model === provider.model || offeredModels(provider).some(({ name }) => name === model);
  const named = isOffered ? model : undefined;
  const limits = capabilitiesOf(provider, named);
  const { durations, sound, endFrame } = limits;
  return {
    ...options,
    model: named,
    duration: options.duration && usualSeconds({ durations }, options.duration),
    sound: sound ? options.sound : undefined,
    frame: endFrame ? options.frame : undefined,
    // That it was left to the picture is kept, too, whatever is usual at its place.
    shape: shapeIn(shapesOf(limits), options.shape),
  };
}
