import { Hono } from 'hono';
import { chosenAt } from '../../../commands/settings/at-place.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { MAX_PICTURE_BYTES, MIN_SIDE_PX } from '../../media/pictures/inspect.ts';
import { messagesFor } from '../../messages/messages.ts';
import { capabilitiesOf, creditsOf, offeredModels, shapesOf, usualSeconds } from '../../providers/models.ts';
import type { Provider } from '../../providers/provider.ts';
import { DURATIONS_SECONDS, MOTION_RANGE, TAKES } from '../../task/options.ts';
import { fitSchema } from '../../task/picture.ts';
import { personIn, WEB_PLACE, WEB_REQUESTER, type WebEnv } from './env.ts';
import { localeOf } from './language.ts';
import type { About, ModelView, Reads } from './view.ts';

/** `GET /api/about`. */
export function createAbout({ provider, defaultFit, commands, store }: CommandDeps): Hono<WebEnv> {
  const about: Omit<About, 'locale' | 'me' | 'usual' | 'commands' | 'shapeNames'> = {
    ...viewOf(provider),
    models: offeredModels(provider).map((model) => ({
      ...viewOf(provider, model.name),
      name: model.name,
      label: model.label,
    })),
    maxPictureBytes: MAX_PICTURE_BYTES,
    minSidePx: MIN_SIDE_PX,
    maxSceneChars: provider.capabilities.maxSceneChars,
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
    const { duration: wish, shape: wanted, fit = defaultFit } = await chosenAt(WEB_PLACE, store);
    const locale = localeOf(c);
    const { capabilities, model } = provider;
    const shape = about.shapes.find((each) => each === wanted) ?? 'auto';
    const usual = { duration: usualSeconds(capabilities, wish), shape, fit, model };
    const shapeNames = messagesFor(locale).commands.animate.options.shape.choices;
    const { requester, isAlone } = personIn(c);
    const me = { name: requester.id === WEB_REQUESTER.id ? '' : requester.name, isAlone };
    return c.json({
      ...about,
      locale,
      me,
      usual,
      shapeNames,
      commands: commandsIn(locale),
    } satisfies Reads['/api/about']);
  });
}

/** What clips by a model may be, the usual one's where none is named. */
function viewOf(provider: Provider, model?: string): ModelView {
  const limits = capabilitiesOf(provider, model);
  const {
    durations,
    wordless = false,
    endFrame = false,
    lastFrame = false,
    sound,
    ignoresMotion,
    ignoresSeed,
  } = limits;
  const lengths = DURATIONS_SECONDS.filter((seconds) => durations.includes(seconds));
  const costs = (loud?: 'on') =>
    Object.fromEntries(lengths.map((duration) => [duration, creditsOf(provider, { model, duration, sound: loud })]));
  return {
    costs: costs(),
    soundCosts: sound ? costs('on') : undefined,
    durations: lengths,
    wordless,
    endFrame,
    lastFrame,
    shapes: shapesOf(limits),
    sizes: limits.sizes,
    ignores: [...(ignoresMotion ? ['motion'] : []), ...(ignoresSeed ? ['seed'] : [])],
  };
}
