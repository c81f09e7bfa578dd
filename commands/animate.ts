import { BadPicture } from '../src/media/bad-picture.ts';
import { inspectPicture } from '../src/media/inspect.ts';
import { messagesFor } from '../src/messages/messages.ts';
import type { Fit } from '../src/task/picture.ts';
import type { Place, Task } from '../src/task/task.ts';
import { checkRequest, knownRequest, type RecordDeps, record, type WantedOptions } from './record.ts';
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
  picture: Uint8Array;
}

/** Records the request, once everything that can be refused without work has been. */
export async function animate(
  request: AnimateRequest,
  { defaultFit, ...deps }: RecordDeps & { defaultFit: Fit },
): Promise<Reply> {
  const { requestKey, requester, place, locale, picture } = request;
  const known = await knownRequest(requestKey, deps.store);
  if (known) return known;
  const checked = checkRequest(request, { maxSceneChars: deps.gen4.capabilities.maxSceneChars, defaultFit });
  if ('refused' in checked) return { type: 'refused', text: checked.refused };
  try {
    inspectPicture(picture);
  } catch (error) {
    if (!(error instanceof BadPicture)) throw error;
    return { type: 'refused', text: messagesFor(locale).picture(error.problem) };
  }
  return record({ requestKey, requester, place, locale, ...checked }, [picture], deps);
}
