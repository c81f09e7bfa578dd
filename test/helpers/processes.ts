import { readdir, readFile } from 'node:fs/promises';

/** Processes of a program that this process, or another one, started and that have not ended, as Linux tells it. */
export async function childrenOf(parent: number | undefined, program: string): Promise<number[]> {
  const threads = await readdir(`/proc/${parent}/task`).catch(() => []);
  const lists = threads.map((thread) => readFile(`/proc/${parent}/task/${thread}/children`, 'utf8').catch(() => ''));
  const pids = (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean));
  // Of one that has ended this is empty.
  const commands = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  const all = await Promise.all(commands);
  return pids.filter((_, n) => all[n]?.includes(program)).map(Number);
}
