import { z } from 'zod';
import { BadPicture } from '../src/media/pictures/bad-picture.ts';
import { checkDeclared, type DeclaredPicture, type RemotePicture } from '../src/media/pictures/declared.ts';
import { inspectPicture } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { capabilitiesOf } from '../src/providers/models.ts';
import { optionsSchema, TAKES } from '../src/task/options.ts';
import type { Fit } from '../src/task/picture.ts';
import { defineCommand, pictureOption } from './command.ts';
import { modelOffers } from './model-offers.ts';
import { checkRequest, findExisting, type RecordDeps, record, type WantedOptions } from './record.ts';
import type { Reply } from './reply.ts';
import type { RequestOrigin } from './table.ts';

/** One picture, one scene: a clip, please. */
export interface AnimateRequest extends RequestOrigin {
  scene: string;
  options: WantedOptions;
  picture: Uint8Array | RemotePicture;
  /** So many clips of it at once, each with a seed of its own; absent: one. */
  takes?: number;
}

/** Records the request, once everything that can be refused without work has been. */
export async function animate(
  request: AnimateRequest,
  { defaultFit, ...deps }: RecordDeps & { defaultFit: Fit },
): Promise<Reply> {
  const { requestKey, requester, place, locale, standing, scene, picture, takes } = request;
  const known = await findExisting(requestKey, deps.store);
  if (known) return known;
  const isPostedCovered = picture instanceof Uint8Array ? undefined : picture.declared.spoiler;
  const options = { ...request.options, spoiler: request.options.spoiler ?? isPostedCovered };
  const { chosen, provider } = deps;
  const checked = checkRequest({ scene, options, locale }, { provider, defaultFit, chosen });
  if ('refused' in checked) return { type: 'refused', text: checked.refused };
  const { fit, model } = checked.options;
  const refused =
    picture instanceof Uint8Array
      ? inWords(locale, () => inspectPicture(picture))
      : declaredProblem(picture.declared, { provider, fit, model, locale });
  if (refused !== undefined) return { type: 'refused', text: refused };
  const from = picture instanceof Uint8Array ? { bytes: [picture] } : { ref: picture.ref };
  return record({ requestKey, requester, place, locale, standing, takes, ...checked }, from, deps);
}

/** The sentence against a picture before anything is recorded, fetched or asked; undefined where there is none. */
export const declaredProblem = (
  declared: DeclaredPicture,
  { provider, fit, model, locale }: Pick<RecordDeps, 'provider'> & { fit: Fit; model?: string; locale: string },
): string | undefined => inWords(locale, () => checkDeclared(declared, fit, capabilitiesOf(provider, model).sizes));

function inWords(locale: string, inspect: () => unknown): string | undefined {
  try {
    inspect();
    return undefined;
  } catch (error) {
    if (!(error instanceof BadPicture)) throw error;
    return messagesFor(locale).picture(error.problem);
  }
}

/** The longest scene that forms and menus take; what the provider takes is checked with the request. */
export const MAX_SCENE_INPUT = 1000;
const { motion, seed, duration, model, sound, frame, fit, spoiler } = optionsSchema.partial().shape;

/** `/animate`: a picture, and what should happen in it. */
export const animateCommand = defineCommand({
  name: 'animate',
  words: (locale) => messagesFor(locale).commands.animate,
  options: z.object({
    image: pictureOption(),
    scene: z.string().meta({ minLength: 1, maxLength: MAX_SCENE_INPUT }),
    motion,
    duration: duration.meta({ unit: 's' }),
    model: model.meta({ isOffered: true }),
    seed,
    fit,
    sound: sound.meta({ isOffered: true }),
    frame: frame.meta({ isOffered: true }),
    takes: z
      .literal([...TAKES])
      .optional()
      .meta({ isOnce: true }),
    spoiler,
  }),
  offers: modelOffers,
  run: (origin, { image, scene, takes, ...options }, deps) =>
    animate({ ...origin, scene, options, takes, picture: image }, deps),
});
