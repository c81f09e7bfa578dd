import { readFile, writeFile } from 'node:fs/promises';

export interface Memory {
  /** Resident now and at most since the last reset, in MB. */
  nowMb: number;
  peakMb: number;
}

/** What a process has in memory, as Linux tells it; undefined elsewhere. */
export async function memoryOf(pid: number | undefined): Promise<Memory | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const mb = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: mb('VmRSS'), peakMb: mb('VmHWM') };
}

/** Forgets the peak (https://docs.kernel.org/filesystems/proc.html, clear_refs). */
export const resetPeak = (pid: number | undefined): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5');
