import { Hono } from 'hono';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../media/pictures/inspect.ts';
import type { Gen4 } from '../../providers/provider.ts';
import { DURATIONS_SECONDS, MOTION_RANGE } from '../../task/options.ts';
import { type Fit, fitSchema } from '../../task/picture.ts';
import type { WebEnv } from './env.ts';
import type { About } from './view.ts';

/** `GET /api/about`. */
export function createAbout({ gen4, defaultFit }: { gen4: Gen4; defaultFit: Fit }): Hono<WebEnv> {
  const about: About = {
    provider: gen4.name,
    costs: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, gen4.credits?.(seconds) ?? 0])),
    maxPictureBytes: MAX_PICTURE_BYTES,
    minSidePx: MIN_SIDE_PX,
    maxSceneChars: gen4.capabilities.maxSceneChars,
    durations: DURATIONS_SECONDS,
    motion: MOTION_RANGE,
    fits: fitSchema.options,
    defaultFit,
  };
  return new Hono<WebEnv>().get('/api/about', (c) => c.json(about));
}
