import { hasShapeOf } from '../../../task/crop.ts';
import { nearestSize, type Size, sizesOf } from '../../../task/shapes.ts';
import type { About, ModelView, TaskOptions, TaskView } from '../view.ts';

/** What may be set beside the scene. */
export const OPTION_NAMES = ['motion', 'model', 'duration', 'shape', 'sound', 'frame', 'fit', 'takes', 'seed'] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

/** What of it was chosen, as the query of a request carries it. */
export type Chosen = Partial<Record<OptionName, string>>;

const MAX_SEED = 4_294_967_295;

/** Whether there is no such seed. */
export const isBadSeed = (seed: string): boolean => !(/^\d{1,10}$/.test(seed) && Number(seed) <= MAX_SEED);

/** What a model's clips may be; the usual one's where it is not named. */
export const modelIn = (about: About, model: string | undefined): ModelView =>
  about.models.find(({ name }) => name === model) ?? about;

/** What such a clip costs, in credits. */
export function costOf(
  about: About,
  { model, sound, duration = '' }: { model?: string; sound?: string; duration?: string | number },
): number {
  const { costs, soundCosts } = modelIn(about, model);
  return ((sound === 'on' && soundCosts) || costs)[duration] ?? 0;
}

/** The size whose shape a picture is cut to, as the server will choose it; undefined where nothing of it is cut. */
export function cutTo(about: About, { model, shape, fit }: Chosen, picture: Size): Size | undefined {
  const to = nearestSize(picture, sizesOf(shape, modelIn(about, model).sizes));
  return fit === 'crop' && to && !hasShapeOf(picture, to) ? to : undefined;
}

/** What a request gets that does not say. */
const usualOf = ({ motion, usual }: About): Chosen => ({
  motion: String(motion.usual),
  ...(usual.model === undefined ? {} : { model: usual.model }),
  duration: String(usual.duration),
  shape: usual.shape,
  sound: 'off',
  frame: 'first',
  fit: usual.fit,
  takes: '1',
});

/** All fields as they stand, where `chosen` was: the model's nearest length, and nothing that it does not have. */
export function settled(about: About, chosen: Chosen): Chosen {
  const { model, shape = 'auto', sound, frame, ...rest } = { ...usualOf(about), ...chosen };
  const { durations, shapes, soundCosts, endFrame, ignores } = modelIn(about, model);
  const wanted = Number(rest.duration);
  const [nearest = wanted] = durations.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  return {
    ...rest,
    duration: String(nearest),
    ...(about.models.length > 0 ? { model } : {}),
    ...(ignores.includes('seed') ? { seed: '' } : {}),
    ...(shapes.length > 0 ? { shape: shapes.includes(shape) ? shape : 'auto' } : {}),
    ...(soundCosts ? { sound } : {}),
    ...(endFrame ? { frame } : {}),
  };
}

/** What differs from the usual: nothing is sent of what nobody touched, the server chooses then. */
export function differing(about: About, values: Chosen): Chosen {
  const usual = usualOf(about);
  const { ignores } = modelIn(about, values.model);
  const isOther = (name: OptionName) => values[name]?.trim() && values[name] !== usual[name] && !ignores.includes(name);
  return Object.fromEntries(OPTION_NAMES.filter(isOther).map((name) => [name, values[name]?.trim()]));
}

/** The options of a take, as fields have them; its seed is left to be another. */
export const chosenOf = ({ seed: _, ...options }: TaskView['options']): Chosen =>
  Object.fromEntries(Object.entries(options).flatMap(([key, value]) => (names.has(key) ? [[key, String(value)]] : [])));
const names: ReadonlySet<string> = new Set(OPTION_NAMES);

/** What fields answer a press with. */
export const answerOf = ({ duration, motion, seed, takes: _, ...named }: Chosen): TaskOptions => ({
  ...named,
  duration: Number(duration),
  motion: Number(motion),
  ...(seed ? { seed: Number(seed) } : {}),
});
