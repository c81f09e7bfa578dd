import { Hono } from 'hono';
import type { CommandDeps } from '../../../commands/table.ts';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../media/pictures/inspect.ts';
import { DURATIONS_SECONDS, MOTION_RANGE, TAKES } from '../../task/options.ts';
import { fitSchema } from '../../task/picture.ts';
import { WEB_LOCALE, type WebEnv } from './env.ts';
import type { About } from './view.ts';

/** `GET /api/about`. */
export function createAbout({ provider, defaultFit, commands }: CommandDeps): Hono<WebEnv> {
  const about: About = {
    costs: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, provider.credits?.(seconds) ?? 0])),
    maxPictureBytes: MAX_PICTURE_BYTES,
    minSidePx: MIN_SIDE_PX,
    maxSceneChars: provider.capabilities.maxSceneChars,
    wordless: provider.capabilities.wordless === true,
    durations: DURATIONS_SECONDS,
    takes: TAKES,
    motion: MOTION_RANGE,
    fits: fitSchema.options,
    defaultFit,
    commands: commands.map(({ name, words, options }) => ({
      name,
      description: words(WEB_LOCALE).description,
      takesPicture: options.some(({ type }) => type === 'picture'),
      takes: options.find(({ type }) => type === 'text' || type === 'clip')?.name,
    })),
  };
  return new Hono<WebEnv>().get('/api/about', (c) => c.json(about));
}
