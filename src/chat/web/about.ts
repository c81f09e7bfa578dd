import { Hono } from 'hono';
import { chosenAt } from '../../../commands/settings/at-place.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../media/pictures/inspect.ts';
import { DURATIONS_SECONDS, MOTION_RANGE, TAKES } from '../../task/options.ts';
import { fitSchema } from '../../task/picture.ts';
import { WEB_PLACE, type WebEnv } from './env.ts';
import { localeOf } from './language.ts';
import type { About } from './view.ts';

/** `GET /api/about`. */
export function createAbout({ provider, defaultFit, commands, store }: CommandDeps): Hono<WebEnv> {
  const about: Omit<About, 'locale' | 'usual' | 'commands'> = {
    costs: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, provider.credits?.(seconds) ?? 0])),
    maxPictureBytes: MAX_PICTURE_BYTES,
    minSidePx: MIN_SIDE_PX,
    maxSceneChars: provider.capabilities.maxSceneChars,
    wordless: provider.capabilities.wordless === true,
    durations: DURATIONS_SECONDS,
    takes: TAKES,
    motion: MOTION_RANGE,
    fits: fitSchema.options,
  };
  // Nobody is known by name here.
  const sayable = commands.filter(({ who }) => who !== 'owner');
  const commandsIn = (locale: string): About['commands'] =>
    sayable.map(({ name, words, options }) => ({
      name,
      description: words(locale).description,
      takesPicture: options.some(({ type }) => type === 'picture'),
      takes: options.find(({ type }) => type === 'text' || type === 'clip')?.name,
    }));
  return new Hono<WebEnv>().get('/api/about', async (c) => {
    const { duration = DURATIONS_SECONDS[0], fit = defaultFit } = await chosenAt(WEB_PLACE, store);
    const locale = localeOf(c);
    return c.json({ ...about, locale, usual: { duration, fit }, commands: commandsIn(locale) } satisfies About);
  });
}
