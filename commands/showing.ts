import { messagesFor } from '../src/messages/messages.ts';
import { BlobsGone } from '../src/store/blobs.ts';
import type { Store } from '../src/store/store.ts';
import { clipBlobs, showOf } from '../src/task/lineage.ts';
import { type ClipFormat, hasSound, newTaskId, type Task } from '../src/task/task.ts';
import { sha256 } from '../src/util/hash.ts';
import { withChanges } from '../src/util/with-changes.ts';
import type { Admission } from './admission.ts';
import { findExisting } from './record.ts';
import type { Reply } from './reply.ts';
import { chosenAt } from './settings/at-place.ts';
import type { RequestOrigin } from './table.ts';

/** A clip that is here already, to be shown at the origin's place. */
export interface ShowingRequest extends RequestOrigin {
  source: Task;
  /** As what file; absent: as the video that it is. */
  format?: ClipFormat;
  /** It is covered there, whatever is set; absent: as the place says. */
  isCovered?: boolean;
}

/**
 * Shows a clip at another place, by a task of its own that is ready at once: it is delivered exactly once, and taken back
 * like any clip. It has the clip's bytes, and the picture's, together with the first. Without `admission` the bot itself
 * shows it, held to no limit.
 */
export async function showing(
  request: ShowingRequest,
  { store, admission }: { store: Store; admission?: Admission },
): Promise<Reply> {
  const { requestKey, requester, place, locale, standing, source, format } = request;
  const known = await findExisting(requestKey, store);
  if (known) return known;
  const words = messagesFor(locale).request;
  // Taken back once it is not shown again by being told again.
  if (await store.spend.knows(sha256(requestKey))) return { type: 'refused', text: words.deletedBefore };
  const gone: Reply = { type: 'refused', text: words.gone };
  if (source.state !== 'delivered') return gone;
  const asked = { id: newTaskId(store.now()), requestKey, requester, place, locale };
  // Where it is shown may cover what the place that it comes from does not.
  const isCovered = request.isCovered || (await chosenAt(place, store)).isCovered;
  const options = isCovered ? withChanges(source.options, { spoiler: true }) : source.options;
  const task = withChanges(showOf(source, asked), { format, options });
  const tooMany = await admission?.showingDenial({ ...task, standing });
  if (tooMany !== undefined) return { type: 'refused', text: tooMany };
  const note = format === 'loop' && hasSound(source) ? messagesFor(locale).actions.loop.silent : undefined;
  const blobs = { of: source.id, names: clipBlobs(source) };
  try {
    return { type: 'taken', ...(await store.tasks.insert(task, blobs)), note };
  } catch (error) {
    if (error instanceof BlobsGone) return gone;
    throw error;
  }
}
