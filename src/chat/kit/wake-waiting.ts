import { pages } from '../../store/pages.ts';
import type { ShutOut } from '../../store/values.ts';
import type { ListenDeps } from '../platform.ts';

/** Tasks that are looked at, at once. */
const PAGE = 200;

/** Where the bot may write (again): a chat or thread, all of a community, or to a person (`Task.requester.id`). */
export type OpenDoor = Partial<Pick<ShutOut, 'chat' | 'community' | 'person'>>;

/** What waits because no place took it is due now, where it may come by this door. Returns what that is. */
export async function wakeWaiting(
  platform: string,
  door: OpenDoor,
  { store: { tasks, shutOut }, wake }: Pick<ListenDeps, 'store' | 'wake'>,
): Promise<ShutOut[]> {
  const woken: ShutOut[] = [];
  for await (const waiting of pages((last?: ShutOut) => shutOut.list(PAGE, last?.taskId)))
    for (const one of waiting) {
      if (one.platform !== platform || !isBehind(one, door) || !(await shutOut.take(one.taskId))) continue;
      await tasks.ask(one.taskId, { type: 'wake' });
      woken.push(one);
    }
  if (woken.length > 0) wake();
  return woken;
}

const isBehind = ({ chat, thread, community, person }: ShutOut, door: OpenDoor): boolean =>
  (door.chat !== undefined && (door.chat === chat || door.chat === thread)) ||
  (door.community !== undefined && door.community === community) ||
  (door.person !== undefined && door.person === person);
