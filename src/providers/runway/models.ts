import type { Capabilities, Model } from '../provider.ts';
import { CAPABILITIES } from './capabilities.ts';

/** A model of `POST /v1/image_to_video`. */
interface Row {
  label: string;
  /** Credits of a second: the vendor's prices. `sound`: with sound, where it may have that. */
  perSecond: { silent: number; sound?: number };
  /** It takes no picture without words. */
  needsWords?: boolean;
  can?: Partial<Capabilities>;
}

/** Its larger sizes (1080p) are left out: what they cost is not published. */
const VEO: Partial<Capabilities> = {
  sizes: CAPABILITIES.sizes.slice(0, 2),
  durations: [4, 6, 8],
  lastFrame: true,
};

/**
 * The models, a row each: another is a line here, of what the vendor's description says of it
 * (`test/fakes/runway-description.json`, which each row is checked against). Prices are those of the vendor's own guide for
 * agents (github.com/runwayml/skills, 2026). Models whose ratios are words, that know no seed or whose price is not published
 * (Seedance, Hailuo, Wan, Kling, Grok, Gemini) are left out.
 */
const ROWS = {
  gen4_turbo: { label: 'Gen-4 Turbo', perSecond: { silent: 5 } },
  'gen4.5': { label: 'Gen-4.5', perSecond: { silent: 12 }, needsWords: true },
  'veo3.1': { label: 'Veo 3.1', perSecond: { silent: 20, sound: 40 }, can: VEO },
  'veo3.1_fast': { label: 'Veo 3.1 Fast', perSecond: { silent: 10, sound: 15 }, can: VEO },
} as const satisfies Record<string, Row>;

export type RunwayModel = keyof typeof ROWS;
export const MODEL_NAMES: readonly RunwayModel[] = Object.keys(ROWS).filter(
  (name): name is RunwayModel => name in ROWS,
);

/** The models as requests choose them. `offered`: what the operator offers beside the usual one. */
export function runwayModels({
  usual,
  offered,
  concurrency = CAPABILITIES.concurrency,
}: {
  usual: RunwayModel;
  offered: readonly RunwayModel[];
  concurrency?: number;
}): Model[] {
  const names = [usual, ...offered, ...MODEL_NAMES];
  return [...new Set(names)].map((name): Model => {
    const { label, perSecond, needsWords, can }: Row = ROWS[name];
    return {
      name,
      label,
      capabilities: {
        ...CAPABILITIES,
        wordless: !needsWords,
        sound: perSecond.sound !== undefined,
        ...can,
        concurrency,
      },
      isOffered: name === usual || offered.includes(name),
      credits: ({ duration, sound }) => duration * ((sound ? perSecond.sound : undefined) ?? perSecond.silent),
    };
  });
}
