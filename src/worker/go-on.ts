import { randomBytes } from 'node:crypto';
import { storedClip } from '../media/clips/stored-clip.ts';
import { StoreUnavailable } from '../store/store.ts';
import { JOINED_BLOBS, UPLOAD_BLOB } from '../task/blob-names.ts';
import { isPartAlone } from '../task/lineage.ts';
import type { Clip, Task } from '../task/task.ts';
import { NoRoom } from '../util/semaphore.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';

/** What throws so often in a row, as without ffmpeg, is given up: the part that was made comes by itself. */
const MAX_THROWN = 3;
const MAX_BYTES = 200 * 1024 * 1024;

/** `received`, of what goes on from a clip: its picture is that one's last frame, made once. The end, where it cannot be made. */
export async function makeFirstFrame(
  task: Task,
  { store, clipEnds, inTurn, signal, log }: StepContext,
): Promise<Outcome | undefined> {
  const { goesOn, requester } = task;
  if (!goesOn || (await store.blobs.stat(task.id, UPLOAD_BLOB))) return undefined;
  // Gone with the disk, or the clip itself: it was there when the task was recorded.
  if (!(await store.blobs.stat(task.id, goesOn.blob))) return fail({ type: 'picture-gone' });
  const read = () => store.blobs.read(task.id, goesOn.blob);
  const frame = await inTurn(requester.id, () => clipEnds.lastFrame(read, signal));
  if ('failed' in frame) {
    log.error({ reason: frame.failed }, 'a clip has no last frame to go on from');
    return fail({ type: 'broken' });
  }
  await store.blobs.write(task.id, UPLOAD_BLOB, [frame.bytes], { maxBytes: frame.bytes.length });
  return undefined;
}

/**
 * `ready`: the clip that was made, joined with the one that it goes on from. Undefined where there is nothing to join, or it
 * cannot be: what a chat refused has been through this, and goes there as it is. `busy` while others are joined. What a kill
 * leaves beside it goes with the clip's other copies.
 */
export async function joinOwn(task: Task, context: StepContext): Promise<Clip | 'busy' | undefined> {
  const { goesOn, clip, shows, at } = task;
  if (!goesOn || !clip || shows !== undefined || !isPartAlone(task)) return undefined;
  if (at.delivering !== undefined) return undefined;
  const { signal, log } = context;
  try {
    const joined = await joinedOf(task, { goesOn, clip }, context);
    if (!('failed' in joined)) return joined;
    log.error({ reason: joined.failed }, 'two clips could not be joined');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NoRoom) return 'busy';
    if (error instanceof StoreUnavailable || (task.throws ?? 0) + 1 < MAX_THROWN) throw error;
    log.error({ err: error }, 'two clips could not be joined');
  }
  return undefined;
}

async function joinedOf(
  { id, requester }: Task,
  { goesOn, clip }: { goesOn: Clip; clip: Clip },
  { store, clipEnds, checkClip, signal }: StepContext,
): Promise<Clip | { failed: string }> {
  if (!(await store.blobs.stat(id, goesOn.blob))) return { failed: 'the one before is gone' };
  const blob = `${JOINED_BLOBS}${randomBytes(4).toString('hex')}`;
  const read = (name: string) => () => store.blobs.read(id, name);
  const clips = { first: read(goesOn.blob), second: read(clip.blob) };
  const failed = await clipEnds.join({ person: requester.id, ...clips, signal }, async (bytes) => {
    await store.blobs.write(id, blob, bytes, { maxBytes: MAX_BYTES });
  });
  if (failed !== undefined) return { failed };
  const stored = await store.blobs.stat(id, blob);
  if (!stored) return { failed: 'it is gone' };
  const { bytes, sha256 } = stored;
  const joined = storedClip(bytes, (range) => store.blobs.read(id, blob, range));
  const checked = await checkClip(joined, { durationSeconds: (goesOn.durationMs + clip.durationMs) / 1000 });
  if (checked.outcome !== 'playable') return { failed: checked.reason };
  const { size, durationMs, hasSound } = checked;
  return { blob, bytes, sha256, size, durationMs, hasSound };
}
