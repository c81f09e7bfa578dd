import { join, parse } from 'node:path';
import type { Task } from '../../task/task.ts';

/** The file of a task's clip, where the clips of its request go to `out`: each of several takes has one of its own. */
export const fileOf = ({ take }: Pick<Task, 'take'>, out: string): string =>
  take === undefined ? out : fileOfTake(out, take.number);

/** The file of one of several takes: `photo-2.mp4`. */
export function fileOfTake(out: string, number: number): string {
  const { dir, name, ext } = parse(out);
  return join(dir, `${name}-${number}${ext}`);
}
