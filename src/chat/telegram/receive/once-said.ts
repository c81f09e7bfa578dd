import { z } from 'zod';
import type { Store } from '../../../store/store.ts';
import type { OfBot } from '../places.ts';

/** What was said to a chat already, and which picture of an album is its request; any process knows, for a day. */
export type OnceSaid = ReturnType<typeof createOnceSaid>;

export function createOnceSaid({ platform, store }: OfBot & { store: Pick<Store, 'drafts' | 'now'> }) {
  const { drafts, now } = store;
  const albumKey = (chat: string, album: string): string => `${platform}:${chat}:album:${album}`;
  const saidKey = (chat: string, what: string): string => `${platform}:${chat}:said:${what}`;

  return {
    /** The message of the album's picture that is its request, once one is. */
    async firstOf(chat: string, album: string): Promise<number | undefined> {
      const draft = await drafts.get(albumKey(chat, album));
      return z.number().safeParse(draft?.data).data;
    },
    begin: (chat: string, album: string, message: number) => drafts.put({ key: albumKey(chat, album), data: message }),
    /** True where this was not said there before, or not so lately. */
    async isFirst(chat: string, what: string, withinMs = Infinity): Promise<boolean> {
      const key = saidKey(chat, what);
      const saidAt = z.number().safeParse((await drafts.get(key))?.data).data;
      if (saidAt !== undefined && now() - saidAt < withinMs) return false;
      await drafts.put({ key, data: now() });
      return true;
    },
  };
}
