import { BlobsGone } from '../store/blobs.ts';
import { clipBlobs, leadOf, otherTakes } from '../task/lineage.ts';
import { isOver, newTaskId, type Task } from '../task/task.ts';
import { sha256 } from '../util/hash.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** The lead's picture is looked for the more seldom the longer it takes. */
const PICTURE_WAIT_MS = { least: 500, most: 30_000 };

/** `received`, of a lead: adds those of its takes that a kill left out when the request was recorded. */
export async function completeTakes(task: Task, { store }: Pick<StepContext, 'store'>): Promise<void> {
  // One that was deleted since stays so.
  for (const other of otherTakes(task, () => newTaskId(store.now())))
    if (!(await store.spend.knows(sha256(other.requestKey)))) await store.tasks.insert(other);
}

/** `received`, of another take: has the picture together with the lead, once that has it; or the end that the lead had without. */
export async function followLead(task: Task, { store }: Pick<StepContext, 'store'>): Promise<Outcome> {
  const id = leadOf(task);
  const lead = id === undefined ? undefined : await store.tasks.get(id);
  // The person took the request back.
  const stopped: Outcome = { type: 'advance', event: { type: 'cancel' } };
  if (!lead) return stopped;
  const { fitted, failure } = lead;
  if (fitted) {
    try {
      await store.blobs.share(task.id, { of: lead.id, names: clipBlobs({ fitted, last: lead.last }) });
      return { type: 'advance', event: { type: 'pictureFitted', fitted } };
    } catch (error) {
      if (error instanceof BlobsGone) return stopped;
      throw error;
    }
  }
  if (failure) return fail(failure);
  if (isOver(lead)) return stopped;
  const waitedMs = store.now() - (task.at.received ?? 0);
  return { type: 'wait', wait: Math.min(PICTURE_WAIT_MS.most, Math.max(PICTURE_WAIT_MS.least, waitedMs)) };
}
