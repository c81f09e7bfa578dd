import type { Store } from '../../src/store/store.ts';
import { type Fitted, newTaskId, type Task } from '../../src/task/task.ts';
import { withChanges } from '../../src/util/with-changes.ts';
import { someFitted, someTask } from './task.ts';

let count = 0;

/** A picture, and its clip of `size`. */
export interface ClipFiles {
  picture: Uint8Array;
  clip: Uint8Array;
  size: { width: number; height: number };
}

/** Puts a delivered task on record, with its picture and its clip. */
export async function putDelivered(
  store: Store,
  { picture, clip, size }: ClipFiles,
  {
    fitted: fittedAs,
    ...more
  }: Partial<Pick<Task, 'requester' | 'place' | 'scene' | 'options' | 'story'>> & { fitted?: Partial<Fitted> } = {},
): Promise<Task> {
  const id = newTaskId(store.now());
  const { requester, place, locale, scene, options, provider, cost } = someTask('delivered');
  await store.blobs.write(id, 'upload', [picture], { maxBytes: picture.length });
  await store.blobs.write(id, 'picture', [picture], { maxBytes: picture.length });
  const { sha256 } = await store.blobs.write(id, 'clip-1', [clip], { maxBytes: clip.length });
  const known = { requester, place, locale, scene, options, provider, cost, ...more };
  const requestKey = `test:delivered-${++count}`;
  const inserted = await store.tasks.insert({ id, requestKey, ...known, picture: { type: 'upload' } });
  const held = (await store.tasks.claimDue('test', 1))[0] ?? inserted.task;
  const fitted: Fitted = { ...someFitted(size), blob: 'picture', ...fittedAs };
  const saved = await store.tasks.save(
    withChanges(held, {
      state: 'delivered',
      fitted,
      clip: { blob: 'clip-1', bytes: clip.length, sha256, size, durationMs: 2000 },
      at: { ...held.at, delivered: store.now() },
    }),
    { owner: 'test' },
  );
  if (!saved) throw new Error('it was not saved');
  return saved;
}
