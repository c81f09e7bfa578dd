import type { HttpBindings } from '@hono/node-server';
import { z } from 'zod';
import { messagesFor } from '../../messages/messages.ts';
import { isSameChat, type Place, type Task } from '../../task/task.ts';

/** Node's own request and response, which the routes get beside theirs. */
export type WebEnv = { Bindings: HttpBindings };

/** The web chat is one conversation, shared by all who may open it. */
export const WEB_PLACE = { platform: 'web', chat: 'main' } satisfies Place;
/** Whether it belongs to this chat, whatever other chats have. */
export const isHere = ({ place }: Pick<Task, 'place'>): boolean => isSameChat(place, WEB_PLACE);
export const WEB_REQUESTER: Task['requester'] = { id: 'web:local', name: 'You' };
export const WEB_LOCALE = 'en';
export const words = messagesFor(WEB_LOCALE);

/** The origin of all requests of this chat: who may open it may set it up, and all of them count as one person. */
export const WEB_ORIGIN = {
  requester: WEB_REQUESTER,
  place: WEB_PLACE,
  locale: WEB_LOCALE,
  standing: { isAlone: true, manages: () => true },
};

/** The client's own key of a request: however often it is sent, it is one. */
export const keySchema = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
