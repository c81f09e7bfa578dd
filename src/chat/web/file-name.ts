import type { Task } from '../../task/task.ts';

const MAX_CHARS = 60;

/**
 * What a clip is saved as: the words of its scene in whatever script, and the end of its id, by which no two are the same
 * and none is a name that a system keeps for itself. Letters, digits and `-` alone.
 */
export function fileName({ id, scene }: Pick<Task, 'id' | 'scene'>, ending: string): string {
  const words = scene.normalize('NFC').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  let name = '';
  for (const word of words) {
    if ([...name, ...word].length > MAX_CHARS) break;
    name += `${word}-`;
  }
  return `${name || 'kinora-'}${id.slice(-6)}.${ending}`;
}
