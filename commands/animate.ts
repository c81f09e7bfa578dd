import { z } from 'zod';
import { BadPicture } from '../src/media/pictures/bad-picture.ts';
import { checkDeclared, type DeclaredPicture, type RemotePicture } from '../src/media/pictures/declared.ts';
import { inspectPicture } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { sizesFor } from '../src/providers/models.ts';
import { BlobsGone, type SharedBlobs } from '../src/store/blobs.ts';
import { type Options, optionsSchema, TAKES } from '../src/task/options.ts';
import type { Fit } from '../src/task/picture.ts';
import type { NewTask } from '../src/task/task.ts';
import { defineCommand, pictureOption, pointOption } from './command.ts';
import { modelOffers, seedProblem } from './model-offers.ts';
import {
  checkRequest,
  findExisting,
  type PictureSource,
  type RecordDeps,
  record,
  type WantedOptions,
} from './record.ts';
import type { Reply } from './reply.ts';
import type { RequestOrigin } from './table.ts';

/** A picture as a request has it: its bytes, where its platform keeps it, or, of one of two, another task's. */
export type GivenPicture = Uint8Array | RemotePicture | SharedBlobs;

/** One picture, one scene: a clip, please. */
export interface AnimateRequest extends RequestOrigin, Pick<NewTask, 'from' | 'story'> {
  scene: string;
  options: WantedOptions;
  picture: GivenPicture;
  /** The picture that the clip is to end on. */
  last?: GivenPicture;
  /** So many clips of it at once, each with a seed of its own; absent: one. */
  takes?: number;
}

/** Records the request, once everything that can be refused without work has been. */
export async function animate(
  request: AnimateRequest,
  { defaultFit, ...deps }: RecordDeps & { defaultFit: Fit },
): Promise<Reply> {
  const { requestKey, requester, place, locale, standing, scene, picture, last, takes, from, story } = request;
  const given = [picture, ...(last ? [last] : [])];
  // Told again it has its answer, whatever is wrong by now; `record` looks, too, once the pictures that came along are kept.
  const known = () => findExisting(requestKey, deps.store);
  const told = given.some((each) => each instanceof Uint8Array) ? await known() : undefined;
  if (told) return told;
  const isPostedCovered = given.some((each) => 'declared' in each && each.declared.spoiler) || undefined;
  const options = { ...request.options, spoiler: request.options.spoiler ?? isPostedCovered };
  const { chosen, provider } = deps;
  const checked = checkRequest(
    { scene, options, hasLast: last !== undefined, locale },
    { provider, defaultFit, chosen },
  );
  if ('refused' in checked) return (await known()) ?? { type: 'refused', text: checked.refused };
  const { fit, model, shape } = checked.options;
  const how = { provider, fit, model, shape, locale };
  const refused =
    seedProblem(provider, options, locale) ??
    problemOf(picture, how) ??
    (last && problemOf(last, { ...how, which: 'last' }));
  if (refused !== undefined) return (await known()) ?? { type: 'refused', text: refused };
  const sources = { first: sourceOf(picture), last: last && sourceOf(last) };
  try {
    const asked = { requestKey, requester, place, locale, standing, takes, from, story };
    return await record({ ...asked, ...checked }, sources, deps);
  } catch (error) {
    if (error instanceof BlobsGone) return { type: 'refused', text: messagesFor(locale).request.bothGone };
    throw error;
  }
}

function sourceOf(given: GivenPicture): PictureSource {
  if (given instanceof Uint8Array) return { bytes: [given] };
  return 'of' in given ? given : { ref: given.ref };
}

/** What a picture is judged by. `which`: it is the one that the clip is to end on. */
type Judged = Pick<RecordDeps, 'provider'> &
  Pick<Options, 'model' | 'shape' | 'fit'> & { which?: 'last'; locale: string };

function problemOf(given: GivenPicture, how: Judged): string | undefined {
  if (given instanceof Uint8Array) return inWords(how, () => inspectPicture(given));
  return 'of' in given ? undefined : declaredProblem(given.declared, how);
}

/** The sentence against a picture before anything is recorded, fetched or asked; undefined where there is none. */
export const declaredProblem = (declared: DeclaredPicture, how: Judged): string | undefined =>
  inWords(how, () => checkDeclared(declared, how.fit, sizesFor(how.provider, how)));

function inWords({ which, locale }: Pick<Judged, 'which' | 'locale'>, inspect: () => unknown): string | undefined {
  try {
    inspect();
    return undefined;
  } catch (error) {
    if (!(error instanceof BadPicture)) throw error;
    return messagesFor(locale).picture(error.problem, which);
  }
}

/** The longest scene that forms and menus take; what the provider takes is checked with the request. */
export const MAX_SCENE_INPUT = 1000;
const { motion, seed, duration, model, sound, frame, shape, fit, spoiler } = optionsSchema.partial().shape;

/** `/animate`: a picture, and what should happen in it. */
export const animateCommand = defineCommand({
  name: 'animate',
  words: (locale) => messagesFor(locale).commands.animate,
  options: z.object({
    image: pictureOption(),
    last: pictureOption().optional().meta({ type: 'picture', isOffered: true }),
    scene: z.string().meta({ minLength: 1, maxLength: MAX_SCENE_INPUT }),
    motion,
    duration: duration.meta({ unit: 's' }),
    model: model.meta({ isOffered: true }),
    shape: shape.meta({ isOffered: true }),
    seed,
    fit: fit.meta({ isSeldom: true }),
    focus: pointOption().optional().meta({ type: 'point' }),
    sound: sound.meta({ isOffered: true }),
    frame: frame.meta({ isOffered: true }),
    takes: z
      .literal([...TAKES])
      .optional()
      .meta({ isOnce: true }),
    spoiler,
  }),
  offers: modelOffers,
  run: (origin, { image, last, scene, takes, ...options }, deps) =>
    animate({ ...origin, scene, options, takes, picture: image, last }, deps),
});
