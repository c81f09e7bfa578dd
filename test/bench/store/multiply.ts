import mongoose from 'mongoose';
import { key } from '../../../src/store/keys.ts';
import type { TaskDocument } from '../../../src/store/mongo/models.ts';
import { openMongoStore } from '../../../src/store/mongo/open.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { known, newTask } from '../../contract/store/tools.ts';
import { DUE, OWNER } from './claims.ts';

const CHUNK = 2_000;

/** Fills a database with so many tasks of a thousand people: `queued`, some due for their cards, or `rendering`, all due. */
export async function multiply(url: string, count: number, state: 'queued' | 'rendering'): Promise<void> {
  await first(url, state);
  const client = await mongoose.mongo.MongoClient.connect(url);
  try {
    const tasks = client.db().collection<TaskDocument>('tasks');
    const one = known((await tasks.findOne()) ?? undefined);
    const now = Date.now();
    const copy = (n: number): TaskDocument => ({
      ...one,
      _id: ((n * 2654435761) % 2 ** 32).toString(16).padStart(24, '0'),
      requestKey: key(`copy:${n}`),
      requester: key(`person:${n % 1000}`),
      rank: Math.floor(n / 1000),
      createdAt: now - count + n,
      dueAt: state === 'rendering' ? now : now + (((n * 48271) % count) - DUE) * 1000,
    });
    for (let done = 1; done < count; done += CHUNK)
      await tasks.insertMany(Array.from({ length: Math.min(CHUNK, count - done) }, (_, k) => copy(done + k)));
  } finally {
    await client.close();
  }
}

/** The one that is copied, made as the worker makes it. */
async function first(url: string, state: 'queued' | 'rendering'): Promise<void> {
  const store = await openMongoStore({ url });
  const { tasks } = store;
  const by = { owner: OWNER };
  try {
    await tasks.insert(newTask(systemClock, { provider: 'bench', scene: 'waves roll in, slow zoom. '.repeat(8) }));
    const claimed = known((await tasks.claimDue(OWNER, 1))[0]);
    await tasks.save({ ...claimed, state: 'queued' }, { ...by, dueAt: store.now() });
    if (state === 'queued') return;
    const started = known(await tasks.claimStart(OWNER, 'bench', 1));
    const attempts = [{ id: 'a1', at: store.now() }];
    const submitting = known(await tasks.save({ ...started, state: 'submitting', attempts }, { ...by, hold: true }));
    await tasks.recordAccepted(submitting.id, 'a1', 'job', OWNER);
    const at = { ...submitting.at, rendering: store.now() };
    known(await tasks.save({ ...submitting, state, at }, { ...by, dueAt: store.now() }));
  } finally {
    await store.close();
  }
}
