import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a process holds, at one instant. */
export interface Held {
  /** Resident memory. */
  memoryMb: number;
  descriptors: number;
  /** In its folder, the record's own among them. */
  files: number;
  /** Those that are for what is under way alone. */
  scratch: number;
}

/** Folders of the data folder for what is under way alone. */
const SCRATCH = ['scratch', 'shrink'];

/** Looks at a process by `/proc`, and at its folder. */
export async function held(pid: number, dataDir: string): Promise<Held> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kb === undefined) throw new Error('the process has ended');
  const files = await filesIn(dataDir);
  return {
    memoryMb: Math.round(Number(kb) / 1024),
    descriptors: (await readdir(`/proc/${pid}/fd`)).length,
    files: files.length,
    scratch: files.filter((path) => SCRATCH.some((folder) => path.startsWith(join(dataDir, folder)))).length,
  };
}

/** Whole paths of all files in a folder, at any depth. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Of many the one in the middle, each figure by itself. */
export function middle(all: readonly Held[]): Held {
  const of = (figure: keyof Held): number =>
    all.map((held) => held[figure]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  return { memoryMb: of('memoryMb'), descriptors: of('descriptors'), files: of('files'), scratch: of('scratch') };
}
