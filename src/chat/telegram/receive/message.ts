import type { Message } from 'grammy/types';
import type { RequestOrigin } from '../../../../commands/table.ts';
import type { Task } from '../../../task/task.ts';
import { spotOf, targetIn } from '../places.ts';
import { plain } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Heard } from './heard.ts';
import type { Question } from './questions.ts';

/** A person's message, ready to be acted on. */
export interface IncomingMessage {
  message: Message;
  requester: Task['requester'];
  locale: string;
  isEdited: boolean;
  /** The question that the next message of this person was to answer when it came. */
  awaited?: Question;
}

/** Where a message is answered. */
export const below = (message: Message) => targetIn(spotOf(message));

/** Who can be whispered to: nobody who writes as a chat. */
export const askerOf = ({ from, sender_chat: as }: Message): number | undefined => (as ? undefined : from?.id);

/** A message as a reply is shown to it: below. */
export const heardIn = (message: Message, origin: RequestOrigin, { answers }: { answers: Answers }): Heard => ({
  origin,
  target: below(message),
  say: (text) => answers.whisper(below(message), plain(text), askerOf(message)),
  acknowledge: async () => {},
});
