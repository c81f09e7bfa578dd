import { Hono } from 'hono';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../media/pictures/inspect.ts';
import type { Provider } from '../../providers/provider.ts';
import { DURATIONS_SECONDS, MOTION_RANGE } from '../../task/options.ts';
import { type Fit, fitSchema } from '../../task/picture.ts';
import type { WebEnv } from './env.ts';
import type { About } from './view.ts';

/** `GET /api/about`. */
export function createAbout({ provider, defaultFit }: { provider: Provider; defaultFit: Fit }): Hono<WebEnv> {
  const about: About = {
    provider: provider.name,
    costs: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, provider.credits?.(seconds) ?? 0])),
    maxPictureBytes: MAX_PICTURE_BYTES,
    minSidePx: MIN_SIDE_PX,
    maxSceneChars: provider.capabilities.maxSceneChars,
    durations: DURATIONS_SECONDS,
    motion: MOTION_RANGE,
    fits: fitSchema.options,
    defaultFit,
  };
  return new Hono<WebEnv>().get('/api/about', (c) => c.json(about));
}
