import { LAST_PICTURE_BLOB, LAST_UPLOAD_BLOB, PICTURE_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import { isOver, type Task } from '../task/task.ts';
import { GRACE_MS, pour, type StoredBlob } from './blobs.ts';
import type { BlobEntry } from './dump.ts';
import type { Store } from './store.ts';

/** Looks through a whole record. Yields a sentence for each thing that is not as it should be. */
export async function* checkStore(store: Store): AsyncIterable<string> {
  const jobs = new Map<string, string>();
  const unreadable = new Set<string>();
  for await (const { task, dueAt } of store.dump.entries('task', (id) => unreadable.add(id))) {
    if (task.shows !== undefined && !task.clip) yield `Task ${task.id} shows a clip that it does not have.`;
    if (!isOver(task) && dueAt === undefined) yield `Task ${task.id} is ${task.state} and nobody will ever look at it.`;
    for (const jobId of Object.values(task.accepted)) {
      const other = jobs.get(jobId);
      if (other !== undefined) yield `Tasks ${other} and ${task.id} share the job ${jobId}.`;
      jobs.set(jobId, task.id);
    }
    yield* missingBlobs(task, store);
  }
  for (const id of unreadable) yield `The record of task ${id} cannot be read.`;
  for await (const blob of store.dump.blobs()) {
    const isYoung = blob.at > store.now() - GRACE_MS;
    const mayHaveNone = isYoung || unreadable.has(blob.taskId);
    if (!mayHaveNone && !(await store.tasks.get(blob.taskId)))
      yield `The ${blob.name} of task ${blob.taskId} has no task.`;
    // Bytes with several owners are looked through once.
    const trouble = blob.of === undefined ? await damage(blob, store) : undefined;
    if (trouble !== undefined) yield `The ${blob.name} of task ${blob.taskId} ${trouble}.`;
  }
}

/** What the task refers to and is not there, or is another. */
async function* missingBlobs(task: Task, { blobs }: Store): AsyncIterable<string> {
  // One that ended before its picture was fetched never had it; where it fits as it came, it is the next.
  const hasUpload = task.picture.type === 'upload' && task.fitted?.blob === PICTURE_BLOB;
  const last = task.fitted?.last;
  const wanted = [
    ...(hasUpload ? [{ name: UPLOAD_BLOB }] : []),
    ...(last?.blob === LAST_PICTURE_BLOB ? [{ name: LAST_UPLOAD_BLOB }] : []),
    ...(last ? [{ name: last.blob, sha256: last.sha256 }] : []),
    ...(task.fitted ? [{ name: task.fitted.blob, sha256: task.fitted.sha256 }] : []),
    ...(task.clip ? [{ name: task.clip.blob, sha256: task.clip.sha256 }] : []),
    ...(task.goesOn ? [{ name: task.goesOn.blob, sha256: task.goesOn.sha256 }] : []),
  ];
  for (const { name, sha256 } of wanted) {
    const found = await blobs.stat(task.id, name);
    if (!found) yield `Task ${task.id} has lost its ${name}.`;
    else if (sha256 !== undefined && found.sha256 !== sha256)
      yield `Task ${task.id} has another ${name} than it should.`;
  }
}

async function damage({ taskId, name, bytes, sha256 }: BlobEntry, { blobs }: Store): Promise<string | undefined> {
  let read: StoredBlob;
  try {
    read = await pour(blobs.read(taskId, name), async () => {});
  } catch (error) {
    return `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
  if (read.bytes !== bytes) return `is ${read.bytes} bytes long instead of ${bytes}`;
  return read.sha256 === sha256 ? undefined : 'is damaged';
}
