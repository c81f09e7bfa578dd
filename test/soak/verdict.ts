import { basename } from 'node:path';
import { checkStore } from '../../src/store/check.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/util/hash.ts';
import type { Crowd } from '../chaos/crowd.ts';
import type { Report } from '../fakes/books.ts';
import { type ClipOptions, clipOf } from '../fakes/clips.ts';
import { filesIn, type Held } from './figures.ts';

/** What a program may hold more of at the end of a soak than soon after its start, both under the same load. */
const MORE_MEMORY = { share: 0.25, mb: 64 };
const MORE_DESCRIPTORS = 20;
/** At rest: idle connections to be, and the record's own files. */
const MORE_AT_REST = 10;

/** What grew while the program did the same all the time, a sentence each. */
export function grown(early: Held, late: Held): string[] {
  const memoryMb = Math.round(early.memoryMb + Math.max(MORE_MEMORY.mb, early.memoryMb * MORE_MEMORY.share));
  const descriptors = early.descriptors + MORE_DESCRIPTORS;
  return [
    ...(late.memoryMb > memoryMb ? [`memory grew from ${early.memoryMb} to ${late.memoryMb} MB`] : []),
    ...(late.descriptors > descriptors ? [`descriptors grew from ${early.descriptors} to ${late.descriptors}`] : []),
  ];
}

/** What is left where nothing is under way any more, a sentence each. */
export function leftOver(before: Held, after: Held): string[] {
  const descriptors = before.descriptors + MORE_AT_REST;
  return [
    ...(after.descriptors > descriptors
      ? [`${after.descriptors} descriptors are open at rest, and ${before.descriptors} were at the start`]
      : []),
    ...(after.scratch > 0 ? [`${after.scratch} files of work under way are left`] : []),
  ];
}

/** Every request was taken, paid for and shown once, as the very bytes that were rendered for it. */
export function undelivered(
  crowd: Crowd,
  shown: ReadonlyMap<string, readonly string[]>,
  { accepted }: Report,
  clips: ClipOptions,
): string[] {
  return crowd.scenes.flatMap((scene) => {
    if (!crowd.heard().has(scene)) return [`nobody was told that "${scene}" is taken`];
    const [job, ...others] = accepted.filter((job) => job.scene === scene);
    if (!job || others.length > 0) return [`"${scene}" was paid for ${job ? others.length + 1 : 0} times`];
    const [clip, ...more] = shown.get(scene) ?? [];
    if (clip === undefined || more.length > 0) return [`"${scene}" was shown ${clip ? more.length + 1 : 0} times`];
    return clip === sha256(clipOf(job, clips)) ? [] : [`"${scene}" was shown with another clip`];
  });
}

/** Files that the record itself is. */
const RECORD = /^kinora\.(db|lock)/;

/** Every row came to its end, and every file is named by the record. */
export async function unended(store: Store, dataDir: string): Promise<string[]> {
  const wrong: string[] = [];
  for await (const { task } of store.dump.entries('task'))
    if (task.state !== 'delivered')
      wrong.push(`"${task.scene}" ended as ${task.state} ${JSON.stringify(task.failure ?? '')}`);
  let blobs = 0;
  for await (const _ of store.dump.blobs()) blobs++;
  const files = (await filesIn(dataDir)).map((path) => basename(path)).filter((name) => !RECORD.test(name));
  if (files.length !== blobs) wrong.push(`${files.length} files are there, and ${blobs} are on record`);
  for await (const sentence of checkStore(store)) wrong.push(sentence);
  return wrong;
}
