import { messagesFor } from '../src/messages/messages.ts';
import { UPLOAD_BLOB } from '../src/task/blob-names.ts';
import { randomSeed } from '../src/task/options.ts';
import type { Place, Task } from '../src/task/task.ts';
import { checkRequest, findExisting, type RecordDeps, record, type WantedOptions } from './record.ts';
import type { Reply } from './reply.ts';

/** Another take of a picture that is here already. */
export interface AgainRequest {
  requestKey: string;
  requester: Task['requester'];
  place: Place;
  locale: string;
  taskId: string;
  /** Absent: the same words, and only the seed is another. */
  scene?: string;
  /** Absent, and each that is absent: the same, and only the seed is another. */
  options?: WantedOptions;
}

/** Records a new task with a copy of the picture, so that either task can be deleted without the other's noticing. */
export async function again(request: AgainRequest, deps: RecordDeps): Promise<Reply> {
  const { store, provider } = deps;
  const { requestKey, requester, place, locale, taskId } = request;
  const known = await findExisting(requestKey, store);
  if (known) return known;
  const gone: Reply = { type: 'refused', text: messagesFor(locale).request.gone };
  const source = await store.tasks.get(taskId);
  if (!source) return gone;
  const checked = checkRequest(
    {
      scene: request.scene ?? source.scene,
      options: { ...source.options, seed: randomSeed(), ...request.options },
      locale,
    },
    { maxSceneChars: provider.capabilities.maxSceneChars, defaultFit: source.options.fit },
  );
  if ('refused' in checked) return { type: 'refused', text: checked.refused };

  const hasPicture = async () => (await store.blobs.stat(taskId, UPLOAD_BLOB)) !== undefined;
  if (!(await hasPicture())) return gone;
  try {
    const picture = store.blobs.read(taskId, UPLOAD_BLOB);
    return await record({ requestKey, requester, place, locale, ...checked }, { bytes: picture }, deps);
  } catch (error) {
    // Deleted between the look and the copy.
    if (!(await hasPicture())) return gone;
    throw error;
  }
}
