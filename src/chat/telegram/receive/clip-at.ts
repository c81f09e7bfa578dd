import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { type OfBot, type TelegramMessageRef, writeRef } from '../places.ts';

/** The newest clips of a chat are those that people look at: older ones are not looked for. */
const MAX_CLIPS = 300;
const PAGE = 100;
/** What came since is looked for no more often. */
const LOOK_MS = 5_000;
const MAX_CHATS = 200;

/** Finds the task whose clip a message shows: a reaction says no more than which message it is to. */
export type ClipAt = ReturnType<typeof createClipAt>;

export function createClipAt({ platform, store: { tasks, now } }: OfBot & { store: Pick<Store, 'tasks' | 'now'> }) {
  const chats = new Map<string, { lookedAt: number; ids: ReadonlyMap<string, string> }>();

  async function look(chat: string): Promise<ReadonlyMap<string, string>> {
    const lookedAt = now();
    const ids = new Map<string, string>();
    let before: Task | undefined;
    for (let looked = 0; looked < MAX_CLIPS; looked += PAGE) {
      const page = await tasks.clips({ in: { platform, chat } }, { limit: PAGE, before });
      for (const { id, sent } of page) if (sent.clip !== undefined) ids.set(sent.clip, id);
      before = page.at(-1);
      if (page.length < PAGE) break;
    }
    const [oldest] = chats.keys();
    if (chats.size >= MAX_CHATS && oldest !== undefined) chats.delete(oldest);
    chats.delete(chat);
    chats.set(chat, { lookedAt, ids });
    return ids;
  }

  return async (at: TelegramMessageRef): Promise<Task | undefined> => {
    const known = chats.get(at.chat);
    const isRecent = known !== undefined && now() - known.lookedAt < LOOK_MS;
    const id = known?.ids.get(writeRef(at)) ?? (isRecent ? undefined : (await look(at.chat)).get(writeRef(at)));
    return id === undefined ? undefined : tasks.get(id);
  };
}
