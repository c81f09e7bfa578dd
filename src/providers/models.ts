import { DURATIONS_SECONDS, type HeededOptions, type Options, USUAL_SECONDS } from '../task/options.ts';
import { SHAPES, type Shape, type Size, shapeOf, sizesOf } from '../task/shapes.ts';
import type { Capabilities, Model, Provider } from './provider.ts';

type Renderer = Pick<Provider, 'capabilities' | 'model' | 'models' | 'credits'>;

/** The models that a request may choose from; none where there is no choice. */
export function offeredModels({ models = [] }: Pick<Provider, 'models'>): readonly Model[] {
  const offered = models.filter(({ isOffered }) => isOffered);
  return offered.length > 1 ? offered : [];
}

/** The model of that name, else the usual one; undefined where the provider has one alone. */
export const modelOf = ({ model: usual, models = [] }: Pick<Provider, 'model' | 'models'>, name?: string) =>
  models.find((each) => each.name === name) ?? models.find((each) => each.name === usual);

/** The limits of clips by this model: the one place that they are asked of. */
export const capabilitiesOf = (provider: Renderer, model?: string): Capabilities =>
  modelOf(provider, model)?.capabilities ?? provider.capabilities;

/** Credits that a clip with these options costs; 0 where it is free. */
export function creditsOf(provider: Renderer, { model, duration, sound }: Partial<Options>): number {
  const known = modelOf(provider, model);
  const seconds = duration ?? usualSeconds(known?.capabilities ?? provider.capabilities);
  return known?.credits({ duration: seconds, sound: sound === 'on' }) ?? provider.credits?.(seconds) ?? 0;
}

/** Credits that the cheapest clip of the usual length costs, by whichever model. */
export const cheapestCredits = (provider: Renderer): number =>
  Math.min(creditsOf(provider, {}), ...offeredModels(provider).map(({ name }) => creditsOf(provider, { model: name })));

/** The length that a clip has where nobody chose one: the nearest to `wanted`, of two the shorter. */
export function usualSeconds({ durations }: Pick<Capabilities, 'durations'>, wanted: number = USUAL_SECONDS) {
  const known = DURATIONS_SECONDS.filter((seconds) => durations.includes(seconds));
  const [nearest] = known.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  return nearest ?? USUAL_SECONDS;
}

/** The limits of each model on offer. */
function offeredLimits(provider: Renderer): Capabilities[] {
  const offered = offeredModels(provider);
  return offered.length > 0 ? offered.map(({ capabilities }) => capabilities) : [capabilitiesOf(provider)];
}

/** Lengths that some model on offer has, the shortest first. */
export const offeredSeconds = (provider: Renderer): (typeof DURATIONS_SECONDS)[number][] =>
  DURATIONS_SECONDS.filter((seconds) => offeredLimits(provider).some(({ durations }) => durations.includes(seconds)));

/** Shapes that clips of these limits may have, `auto` first; none where there is no choice. */
export function shapesOf(...limits: readonly Pick<Capabilities, 'sizes'>[]): Shape[] {
  const known = new Set(limits.flatMap(({ sizes }) => sizes.map(shapeOf)));
  return known.size > 1 ? SHAPES.filter((shape) => shape === 'auto' || known.has(shape)) : [];
}

/** Shapes that some model on offer has. */
export const offeredShapes = (provider: Renderer): Shape[] => shapesOf(...offeredLimits(provider));

/** Sizes that the picture of such a clip may be made to fit: all, where its shape is none that the model has now. */
export const sizesFor = (provider: Renderer, { model, shape }: Pick<Options, 'model' | 'shape'>): readonly Size[] =>
  sizesOf(shape, capabilitiesOf(provider, model).sizes);

/** Whether some model on offer can do this. */
export const offers = (provider: Renderer, what: 'sound' | 'endFrame' | 'lastFrame'): boolean =>
  offeredLimits(provider).some((can) => can[what] === true);

/** Whether some model on offer makes something of a seed. */
export const heedsSeed = (provider: Renderer): boolean => offeredLimits(provider).some((can) => !can.ignoresSeed);

/** What of a clip's options means something to its model; all of it, where nobody knows that one any more. */
export function heededOptions(provider: Renderer | undefined, options: Options): HeededOptions {
  if (!provider) return options;
  const { ignoresSeed, ignoresMotion } = capabilitiesOf(provider, options.model);
  const { seed, motion, ...others } = options;
  return { ...others, seed: ignoresSeed ? undefined : seed, motion: ignoresMotion ? undefined : motion };
}

/** The models that a request may choose and that take a picture to end on, too. */
export const endingOnPicture = (provider: Renderer): readonly Model[] =>
  offeredModels(provider).filter(({ capabilities }) => capabilities.lastFrame);
