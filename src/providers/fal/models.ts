import type { Capabilities, Model, SubmitInput } from '../provider.ts';
import { CAPABILITIES } from './capabilities.ts';

/** An image-to-video model at fal. */
interface Row {
  label: string;
  /** `owner/alias/subpath`, as its page names it. */
  endpoint: string;
  /** US cents of a second; `sound`: with sound, where it may have that. */
  centsPerSecond: { silent: number; sound?: number };
  can?: Partial<Capabilities>;
  /** The fields of its input, of its published schema. */
  input(clip: SubmitInput, images: { first: string; last?: string }): object;
}

/**
 * The models, a row each: another is a line here, of what its page says (`https://fal.ai/models/<endpoint>/llms.txt`, read
 * in November 2026; the vendor's `@fal-ai/client` 1.10.1 has the same inputs as types). Both must have words.
 */
const ROWS = {
  /** Its clips have the picture's shape; it knows no seed. "For 5s video $0.21, for every additional second $0.042." */
  'kling-2.5-turbo': {
    label: 'Kling 2.5 Turbo',
    endpoint: 'fal-ai/kling-video/v2.5-turbo/standard/image-to-video',
    centsPerSecond: { silent: 4.2 },
    can: { ignoresSeed: true },
    input: ({ scene, duration }, { first }) => ({ prompt: scene, image_url: first, duration: String(duration) }),
  },
  /** "Each 720p 5 second video with audio costs roughly $0.26"; without it the price of a token is half. */
  'seedance-1.5-pro': {
    label: 'Seedance 1.5 Pro',
    endpoint: 'fal-ai/bytedance/seedance/v1.5/pro/image-to-video',
    centsPerSecond: { silent: 2.6, sound: 5.2 },
    can: {
      durations: [4, 5, 6, 7, 8, 9, 10],
      sizes: [
        ...CAPABILITIES.sizes,
        { width: 1112, height: 834 },
        { width: 834, height: 1112 },
        { width: 1470, height: 630 },
      ],
      lastFrame: true,
    },
    input: ({ scene, size, duration, seed, sound }, { first, last }) => ({
      prompt: scene,
      image_url: first,
      end_image_url: last,
      aspect_ratio: aspectOf(size),
      resolution: '720p',
      duration: String(duration),
      generate_audio: sound === true,
      seed,
    }),
  },
} as const satisfies Record<string, Row>;

export type FalModel = keyof typeof ROWS;
const isModel = (name: string): name is FalModel => Object.hasOwn(ROWS, name);
export const MODEL_NAMES: readonly FalModel[] = Object.keys(ROWS).filter(isModel);

export const rowOf = (name: FalModel): Row => ROWS[name];
/** The row of a model on record; the usual one's where there is none such. */
export const rowNamed = (name: string | undefined, usual: FalModel): Row =>
  name !== undefined && isModel(name) ? ROWS[name] : ROWS[usual];

/** Shapes by the share of width in height, as the models name them. */
const ASPECTS = { '21:9': 21 / 9, '16:9': 16 / 9, '4:3': 4 / 3, '1:1': 1, '3:4': 3 / 4, '9:16': 9 / 16 };

function aspectOf({ width, height }: SubmitInput['size']): string {
  const off = ([, ratio]: [string, number]) => Math.abs(Math.log(width / height / ratio));
  const [nearest] = Object.entries(ASPECTS).toSorted((a, b) => off(a) - off(b));
  return nearest?.[0] ?? 'auto';
}

/** The models as requests choose them: the first offered is the usual one. A credit is one US cent, begun ones count. */
export function falModels(offered: readonly FalModel[], concurrency = CAPABILITIES.concurrency): Model[] {
  return [...new Set([...offered, ...MODEL_NAMES])].map((name): Model => {
    const { label, centsPerSecond, can } = rowOf(name);
    return {
      name,
      label,
      capabilities: { ...CAPABILITIES, sound: centsPerSecond.sound !== undefined, ...can, concurrency },
      isOffered: offered.includes(name),
      credits: ({ duration, sound }) =>
        Math.ceil(duration * ((sound ? centsPerSecond.sound : undefined) ?? centsPerSecond.silent) - 1e-9),
    };
  });
}
