import { BadPicture } from '../src/media/pictures/bad-picture.ts';
import { checkDeclared, type DeclaredPicture } from '../src/media/pictures/declared.ts';
import { inspectPicture } from '../src/media/pictures/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import type { Fit } from '../src/task/picture.ts';
import type { Place, Task } from '../src/task/task.ts';
import { checkRequest, findExisting, type RecordDeps, record, type WantedOptions } from './record.ts';
import type { Reply } from './reply.ts';

/** One picture, one scene: a clip, please. */
export interface AnimateRequest {
  /** Unique to the request, however often the platform tells it. */
  requestKey: string;
  requester: Task['requester'];
  place: Place;
  locale: string;
  scene: string;
  options: WantedOptions;
  picture: Uint8Array | RemotePicture;
}

/** A picture that stays with the platform until the worker fetches it. */
export interface RemotePicture {
  /** What its adapter finds it by; see `Messenger.openPicture`. */
  ref: string;
  /** What the platform says about it, so that what cannot be used is refused before anything is fetched. */
  told: DeclaredPicture;
}

/** Records the request, once everything that can be refused without work has been. */
export async function animate(
  request: AnimateRequest,
  { defaultFit, ...deps }: RecordDeps & { defaultFit: Fit },
): Promise<Reply> {
  const { requestKey, requester, place, locale, picture } = request;
  const known = await findExisting(requestKey, deps.store);
  if (known) return known;
  const checked = checkRequest(request, { maxSceneChars: deps.provider.capabilities.maxSceneChars, defaultFit });
  if ('refused' in checked) return { type: 'refused', text: checked.refused };
  const { fit } = checked.options;
  const refused = inWords(locale, () =>
    picture instanceof Uint8Array
      ? inspectPicture(picture)
      : checkDeclared(picture.told, fit, deps.provider.capabilities.sizes),
  );
  if (refused !== undefined) return { type: 'refused', text: refused };
  const from = picture instanceof Uint8Array ? { bytes: [picture] } : { ref: picture.ref };
  return record({ requestKey, requester, place, locale, ...checked }, from, deps);
}

/** What can be said against a picture before anybody has said what should happen in it; undefined for nothing. */
export const declaredProblem = (
  told: DeclaredPicture,
  { provider, defaultFit, locale }: Pick<RecordDeps, 'provider'> & { defaultFit: Fit; locale: string },
): string | undefined => inWords(locale, () => checkDeclared(told, defaultFit, provider.capabilities.sizes));

function inWords(locale: string, inspect: () => unknown): string | undefined {
  try {
    inspect();
    return undefined;
  } catch (error) {
    if (!(error instanceof BadPicture)) throw error;
    return messagesFor(locale).picture(error.problem);
  }
}
