import { z } from 'zod';
import type { Store } from '../../../store/store.ts';
import { sizeSchema } from '../../../task/picture.ts';
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
    picture: z.object({
      ref: z.string(),
      declared: z.object({ bytes: z.number().optional(), size: sizeSchema.optional(), type: z.string().optional() }),
    }),
  }),
  /** What an action asked that was pressed under this task. */
  z.object({ ...asked, type: z.literal('action'), action: z.string(), taskId: z.string() }),
]);
export type Question = z.infer<typeof questionSchema>;

/** Open questions, found by who was asked in a chat, or by the message that asks. */
export interface Questions {
  open(question: Question): Promise<void>;
  /** The message that asks it. */
  asked(question: Question, message: number): Promise<void>;
  /** The latest of this person in this chat. */
  latest(chat: string, person: string): Promise<Question | undefined>;
  byMessage(chat: string, message: number): Promise<Question | undefined>;
  /** It is answered. */
  close(question: Pick<Question, 'requestKey' | 'person' | 'place'>, message?: number): Promise<void>;
  /** The message of the album's picture that is its request, once one is. */
  firstOf(chat: string, album: string): Promise<number | undefined>;
  begin(chat: string, album: string, message: number): Promise<void>;
  /** True the first time that this is said of this album. */
  firstSaid(chat: string, album: string): Promise<boolean>;
}

const latestKey = (chat: string, person: string): string => `telegram:${chat}:open:${person}`;
const messageKey = (chat: string, message: number): string => `telegram:${chat}:question:${message}`;
const albumKey = (chat: string, album: string): string => `telegram:${chat}:album:${album}`;
const toldKey = (chat: string, album: string): string => `telegram:${chat}:album-told:${album}`;

export function createQuestions({ drafts }: Pick<Store, 'drafts'>): Questions {
  async function get(key: string): Promise<Question | undefined> {
    const draft = await drafts.get(key);
    const read = questionSchema.safeParse(draft?.data);
    return read.success ? read.data : undefined;
  }

  return {
    open: (question) => drafts.put({ key: latestKey(question.place.chat, question.person), data: question }),
    asked: (question, message) => drafts.put({ key: messageKey(question.place.chat, message), data: question }),
    latest: (chat, person) => get(latestKey(chat, person)),
    byMessage: (chat, message) => get(messageKey(chat, message)),
    async close({ place: { chat }, person, requestKey }, message) {
      if (message !== undefined) await drafts.take(messageKey(chat, message));
      // A later question of the same person stays open.
      const latest = await get(latestKey(chat, person));
      if (latest?.requestKey === requestKey) await drafts.take(latestKey(chat, person));
    },
    async firstOf(chat, album) {
      const draft = await drafts.get(albumKey(chat, album));
      return z.number().safeParse(draft?.data).data;
    },
    begin: (chat, album, message) => drafts.put({ key: albumKey(chat, album), data: message }),
    async firstSaid(chat, album) {
      const key = toldKey(chat, album);
      if (await drafts.get(key)) return false;
      await drafts.put({ key, data: true });
      return true;
    },
  };
}
