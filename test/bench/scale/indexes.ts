import mongoose from 'mongoose';
import { z } from 'zod';
import { documentOf } from '../../../src/store/mongo/document.ts';
import type { TaskDocument } from '../../../src/store/mongo/models.ts';
import { openMongoStore } from '../../../src/store/mongo/open.ts';
import { recordedTask } from '../../../src/store/task-record.ts';
import { newTaskId, type Task, type TaskState } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { newTask } from '../../contract/store/tools.ts';
import { CLIP, someFitted } from '../../helpers/task.ts';
import { atMost, type Result, told } from '../bench.ts';

const ENDED = 300_000;
const OPEN = 1_000;
const CHUNK = 2_000;
const DAY_MS = 24 * 3_600_000;
/** The ended ones were asked for evenly in so long. */
const SPAN_MS = 180 * DAY_MS;
const PEOPLE = 30_000;
const CHANNELS = 10_000;
const MB = 1_000_000;
/** Indexes that only what is not over may be in. */
const LIVE = ['due', 'start', 'inFlight', 'ahead', 'stage', 'ownStage', 'stageHere', 'open'];
const SIZE = { width: 1280, height: 720 };

const statsSchema = z.object({ avgObjSize: z.number(), indexSizes: z.record(z.string(), z.number()) });

/**
 * What indexes take with 300,000 tasks that have ended and 1,000 that have not, as the server tells it (`collStats`), and
 * so a task. MongoDB tells the size of its files, in which what neighbours have in common stands once; a stand-in tells
 * the bytes of all entries, each written out.
 */
export async function ofIndexes({ name, fresh }: { name: string; fresh(): string }): Promise<Result[]> {
  const url = fresh();
  await (await openMongoStore({ url })).close();
  const client = await mongoose.mongo.MongoClient.connect(url, { ignoreUndefined: true });
  try {
    const tasks = client.db().collection<TaskDocument>('tasks');
    const now = Date.now();
    for (let done = 0; done < ENDED; done += CHUNK)
      await tasks.insertMany(Array.from({ length: CHUNK }, (_, n) => ended(done + n, now)));
    const full = await sizes(client);
    for (let done = 0; done < OPEN; done += CHUNK)
      await tasks.insertMany(Array.from({ length: OPEN }, (_, n) => open(ENDED + n, now)));
    const { avgObjSize, indexSizes } = await sizes(client);
    const bytes = (all: typeof indexSizes, which: (index: string) => boolean) =>
      Object.entries(all).reduce((sum, [index, size]) => sum + (which(index) ? size : 0), 0);
    const isLive = (index: string) => LIVE.includes(index);
    return [
      told(`${name}: a task on record that has ended`, full.avgObjSize, 'bytes'),
      ...Object.entries(full.indexSizes)
        .filter(([index]) => !isLive(index))
        .map(([index, size]) => told(`${name}: index ${index}, ${ENDED} ended tasks`, size / ENDED, 'bytes a task')),
      told(`${name}: all indexes, ${ENDED} ended tasks`, bytes(full.indexSizes, () => true) / MB, 'MB'),
      told(`${name}: indexes of ${OPEN} tasks that are not over`, bytes(indexSizes, isLive) / MB, 'MB'),
      atMost(
        1,
        `${name}: of the indexes of what is not over, in ${ENDED} ended tasks`,
        (100 * bytes(full.indexSizes, isLive)) / bytes(full.indexSizes, () => true),
        '%',
      ),
      told(`${name}: a task with its indexes`, avgObjSize + bytes(full.indexSizes, () => true) / ENDED, 'bytes'),
    ];
  } finally {
    await client.close();
  }
}

const sizes = async (client: mongoose.mongo.MongoClient) =>
  statsSchema.parse(await client.db().command({ collStats: 'tasks' }));

/** Names as long as Discord's, each person in a few channels. */
const snowflake = (n: number): string => `1${String((n * 2654435761) % 2 ** 32).padStart(18, '0')}`;

function askedFor(n: number, at: number): Task {
  const person = (n * 48271) % PEOPLE;
  const channel = (person + (n % 3) * 7919) % CHANNELS;
  const id = newTaskId(at);
  const asked = newTask(systemClock, {
    id,
    requestKey: `discord:${snowflake(n)}`,
    requester: { id: `discord:${snowflake(person)}`, name: 'Somebody' },
    place: { platform: 'discord', chat: snowflake(channel + PEOPLE), community: snowflake(channel % 3_000) },
    provider: 'aivideoapi',
    scene: 'waves roll in over the stones, the camera moves slowly in, evening light',
    cost: 5,
  });
  return recordedTask(asked, { rank: 0, now: at });
}

function ended(n: number, now: number): TaskDocument {
  const at = Math.floor(now - SPAN_MS + (n / ENDED) * SPAN_MS);
  const state: TaskState = n % 20 < 17 ? 'delivered' : n % 20 < 19 ? 'failed' : 'cancelled';
  const task: Task = {
    ...askedFor(n, at),
    state,
    fitted: someFitted(SIZE),
    attempts: [{ id: 'a1b2c3d4e5f60718', at: at + 2_000, key: 'k1' }],
    at: { received: at, queued: at + 900, submitting: at + 2_000, rendering: at + 2_500, [state]: at + 90_000 },
    clip: state === 'delivered' ? { ...CLIP, blob: 'clip-a1b2c3d4e5f60718', bytes: 3_000_000 } : undefined,
    failure: state === 'failed' ? { type: 'broken' } : undefined,
    shown: 'f'.repeat(32),
    polls: 4,
    accepted: { a1b2c3d4e5f60718: '0b7c1d2e-3f40-4152-8637-485960718293' },
    sent: { card: snowflake(n + 1), clip: snowflake(n + 2) },
    stars: state === 'delivered' && n % 50 === 0 ? [`discord:${snowflake(n % PEOPLE)}`] : undefined,
    version: 9,
  };
  return documentOf({ task, endedAt: at + 90_000 });
}

/** Waits for its turn. */
const open = (n: number, now: number): TaskDocument =>
  documentOf({
    task: { ...askedFor(n, now), state: 'queued', fitted: someFitted(SIZE), rank: n },
    dueAt: now + 60_000,
  });
