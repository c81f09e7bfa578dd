import type { Place } from '../../task/task.ts';
import type { ListenDeps } from '../platform.ts';

/** Clips that may be waiting for a chat to open again. */
const MAX_WAITING = 100;

/** The bot may write in a chat (again): what waits for that is due. */
export async function wakeWaiting(
  place: Pick<Place, 'platform' | 'chat'>,
  { store: { tasks }, wake }: Pick<ListenDeps, 'store' | 'wake'>,
): Promise<void> {
  for (const task of await tasks.conversation(place, { limit: MAX_WAITING }))
    if (task.state === 'ready' || task.state === 'delivering' || task.state === 'failed')
      await tasks.ask(task.id, { type: 'wake' });
  wake();
}
