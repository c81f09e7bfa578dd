import { z } from 'zod';
import { remotePictureSchema } from '../../../media/pictures/declared.ts';
import type { Store } from '../../../store/store.ts';
import { placeSchema } from '../../../task/task.ts';

const asked = { requestKey: z.string(), person: z.string(), place: placeSchema };

/** A question that is open: its answer is a text. Any process, also after a restart, can take it. */
const questionSchema = z.discriminatedUnion('type', [
  /** What a command still needs beside its picture. */
  z.object({
    ...asked,
    type: z.literal('picture'),
    command: z.string(),
    album: z.string().optional(),
    /** Options that stood beside the picture already. */
    given: z.record(z.string(), z.unknown()),
    picture: remotePictureSchema,
  }),
  /** What an action asked that was pressed under this task. */
  z.object({ ...asked, type: z.literal('action'), action: z.string(), taskId: z.string() }),
]);
export type Question = z.infer<typeof questionSchema>;

const latestKey = (chat: string, person: string): string => `telegram:${chat}:open:${person}`;
const messageKey = (chat: string, message: number): string => `telegram:${chat}:question:${message}`;
const albumKey = (chat: string, album: string): string => `telegram:${chat}:album:${album}`;
const toldKey = (chat: string, album: string): string => `telegram:${chat}:album-told:${album}`;

/** Open questions, found by who was asked in a chat, or by the message that asks. */
export type Questions = ReturnType<typeof createQuestions>;

export function createQuestions({ drafts }: Pick<Store, 'drafts'>) {
  async function get(key: string): Promise<Question | undefined> {
    const draft = await drafts.get(key);
    return questionSchema.safeParse(draft?.data).data;
  }
  /** The latest of this person in this chat. */
  const latest = (chat: string, person: string) => get(latestKey(chat, person));

  return {
    latest,
    byMessage: (chat: string, message: number) => get(messageKey(chat, message)),
    open: (question: Question) => drafts.put({ key: latestKey(question.place.chat, question.person), data: question }),
    /** By this message. */
    asked: (question: Question, message: number) =>
      drafts.put({ key: messageKey(question.place.chat, message), data: question }),
    /** It is answered. */
    async close({ place, person, requestKey }: Pick<Question, keyof typeof asked>, message?: number): Promise<void> {
      if (message !== undefined) await drafts.take(messageKey(place.chat, message));
      // A later question of the same person stays open.
      const open = await latest(place.chat, person);
      if (open?.requestKey === requestKey) await drafts.take(latestKey(place.chat, person));
    },
    /** The message of the album's picture that is its request, once one is. */
    async firstOf(chat: string, album: string): Promise<number | undefined> {
      const draft = await drafts.get(albumKey(chat, album));
      return z.number().safeParse(draft?.data).data;
    },
    begin: (chat: string, album: string, message: number) => drafts.put({ key: albumKey(chat, album), data: message }),
    /** True the first time that this is said of this album. */
    async firstSaid(chat: string, album: string): Promise<boolean> {
      const key = toldKey(chat, album);
      if (await drafts.get(key)) return false;
      await drafts.put({ key, data: true });
      return true;
    },
  };
}
