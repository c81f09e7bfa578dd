import { UPLOAD_BLOB } from '../../src/task/blob-names.ts';
import type { Size } from '../../src/task/picture.ts';
import { type Fitted, newTaskId, type Task, type TaskState } from '../../src/task/task.ts';

/** A clip as it is on record. */
export const CLIP = {
  blob: 'clip-a1',
  bytes: 1,
  sha256: 'c'.repeat(64),
  size: { width: 1280, height: 720 },
  durationMs: 5000,
};

/** A picture that fits as it came, of that size. */
export const someFitted = (size: Size): Fitted => ({
  original: size,
  fitted: size,
  notes: [],
  blob: UPLOAD_BLOB,
  sha256: '0'.repeat(64),
  type: 'image/jpeg',
});

/** A task as the record might hold it, in the state asked for. */
export function someTask(state: TaskState, changes: Partial<Task> = {}): Task {
  return {
    id: newTaskId(1_700_000_000_000),
    requestKey: 'test:1',
    requester: { id: 'test:anna', name: 'Anna' },
    place: { platform: 'test', chat: 'room' },
    locale: 'en',
    scene: 'waves roll in',
    options: { motion: 5, seed: 42, duration: 5, fit: 'crop' },
    provider: 'fake',
    cost: 0,
    picture: { type: 'upload' },
    state,
    attempts: [],
    polls: 0,
    tries: 0,
    at: { received: 1 },
    accepted: {},
    sent: {},
    requests: {},
    rank: 0,
    version: 0,
    asked: 0,
    ...(state === 'ready' || state === 'delivering' || state === 'delivered' ? { clip: CLIP } : {}),
    ...(state === 'received' ? {} : { fitted: someFitted({ width: 1280, height: 720 }) }),
    ...(state === 'failed' ? { failure: { type: 'doubt' } } : {}),
    ...changes,
  };
}
