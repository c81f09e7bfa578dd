import { readdir, readFile } from 'node:fs/promises';

/** What Linux counts in on every machine that it tells programs about (`sysconf(_SC_CLK_TCK)`). */
const TICK_MS = 10;

interface Stat {
  pid: number;
  parent: number;
  ms: number;
}

/**
 * The processor time of a process, those that it started and those of them that have ended, in ms. It does not depend on
 * what else the machine does. By https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; 0 where there is no /proc.
 */
export async function processorTime(pid: number | undefined): Promise<number> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(names.map(statOf))).filter((stat) => stat !== undefined);
  const timeOf = (of: number | undefined): number =>
    all.filter((stat) => stat.pid === of).reduce((sum, { ms }) => sum + ms, 0) +
    all.filter(({ parent }) => parent === of).reduce((sum, child) => sum + timeOf(child.pid), 0);
  return timeOf(pid);
}

async function statOf(name: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
  // Behind the name, which may have anything in it.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  if (!fields) return undefined;
  const [, parent = 0] = fields;
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
  return { pid: Number(name), parent, ms: ticks * TICK_MS };
}
