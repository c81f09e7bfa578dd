import { z } from 'zod';
import { remotePictureSchema } from '../../../media/pictures/declared.ts';
import type { Store } from '../../../store/store.ts';
import { placeSchema } from '../../../task/task.ts';
import { sha256 } from '../../../util/hash.ts';
import type { OfBot } from '../places.ts';

/** So long the next message of a private chat is the answer; after that only a reply to the question is. */
const AWAITED_MS = 10 * 60_000;

const asked = {
  requestKey: z.string(),
  person: z.string(),
  place: placeSchema,
  /** Options so far: those that stood beside the picture, and those that were chosen since. */
  given: z.record(z.string(), z.unknown()),
  /** The answer, where it waits for **Go**. */
  words: z.string().optional(),
};

/** A question that is open: its answer is a text. Any process, also after a restart, can take it. */
const questionSchema = z.discriminatedUnion('type', [
  /** What a command still needs beside its picture. */
  z.object({
    ...asked,
    type: z.literal('picture'),
    command: z.string(),
    album: z.string().optional(),
    picture: remotePictureSchema,
    /** The album's second picture is awaited: the clip is to end on it. */
    awaitsLast: z.boolean().optional(),
  }),
  /** What an action asked that was pressed under this task. */
  z.object({ ...asked, type: z.literal('action'), action: z.string(), taskId: z.string() }),
]);
export type Question = z.infer<typeof questionSchema>;

/** The latest question of a person in a chat; `awaitedUntil`, on the store's clock: whether the next message answers it. */
const latestSchema = z.object({ requestKey: z.string(), awaitedUntil: z.number() });

/** The name of a question in the data of its buttons: 16 hex digits. */
export const questionId = ({ requestKey }: Pick<Question, 'requestKey'>): string => sha256(requestKey).slice(0, 16);

/** A bot's open questions, found by who was asked in a chat, or by the message that asks. */
export type Questions = ReturnType<typeof createQuestions>;

export function createQuestions({ platform, store }: OfBot & { store: Pick<Store, 'drafts' | 'now'> }) {
  const { drafts, now } = store;
  const questionKey = (id: string): string => `${platform}:asked:${id}`;
  const latestKey = (chat: string, person: string): string => `${platform}:${chat}:latest:${person}`;
  const messageKey = (chat: string, message: number): string => `${platform}:${chat}:asks:${message}`;
  const askingKey = (requestKey: string): string => `${platform}:asking:${requestKey}`;

  async function read<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const draft = await drafts.get(key);
    return schema.safeParse(draft?.data).data;
  }
  const byId = (id: string) => read(questionKey(id), questionSchema);
  const find = (requestKey: string) => byId(questionId({ requestKey }));
  const latestOf = (chat: string, person: string) => read(latestKey(chat, person), latestSchema);
  const keep = (question: Question) => drafts.put({ key: questionKey(questionId(question)), data: question });

  return {
    /** While it is open. */
    find,
    byId,
    /** The latest of this person in this chat, while it is open. */
    async latest(chat: string, person: string): Promise<Question | undefined> {
      const latest = await latestOf(chat, person);
      return latest && find(latest.requestKey);
    },
    /** The one that this person's next message in a private chat answers. */
    async awaited(chat: string, person: string): Promise<Question | undefined> {
      const latest = await latestOf(chat, person);
      return latest && latest.awaitedUntil > now() ? find(latest.requestKey) : undefined;
    },
    async byMessage(chat: string, message: number): Promise<Question | undefined> {
      const requestKey = await read(messageKey(chat, message), z.string());
      return requestKey === undefined ? undefined : find(requestKey);
    },
    /** Opens it, or changes it; the next message is awaited from now on. */
    async open(question: Question): Promise<void> {
      const { place, person, requestKey } = question;
      await keep(question);
      const data = { requestKey, awaitedUntil: place.chat.startsWith('-') ? 0 : now() + AWAITED_MS };
      await drafts.put({ key: latestKey(place.chat, person), data });
    },
    keep,
    /** The next message was about something else: from now on only a reply answers it. */
    async passed({ place, person, requestKey }: Question): Promise<void> {
      const latest = await latestOf(place.chat, person);
      const data = { requestKey, awaitedUntil: 0 };
      if (latest?.requestKey === requestKey) await drafts.put({ key: latestKey(place.chat, person), data });
    },
    /** By this message. */
    async asked({ requestKey, place }: Question, message: number): Promise<void> {
      await drafts.put({ key: askingKey(requestKey), data: message });
      await drafts.put({ key: messageKey(place.chat, message), data: requestKey });
    },
    /** The message that asks it, once there is one. */
    messageOf: ({ requestKey }: Pick<Question, 'requestKey'>) => read(askingKey(requestKey), z.number()),
    /** It is answered, or taken back. */
    close: (question: Pick<Question, 'requestKey'>) => drafts.take(questionKey(questionId(question))),
  };
}
