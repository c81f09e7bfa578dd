import type { HttpBindings } from '@hono/node-server';
import { z } from 'zod';
import type { RequestOrigin } from '../../../commands/table.ts';
import { isSameChat, type Place, type Task } from '../../task/task.ts';

/** Node's own request and response, which the routes get beside theirs, and the locale of the reader's words. */
export type WebEnv = { Bindings: HttpBindings; Variables: { locale?: string } };

/** The web chat is one conversation, shared by all who may open it. */
export const WEB_PLACE = { platform: 'web', chat: 'main' } satisfies Place;
/** Whether it belongs to this chat, whatever other chats have. */
export const isHere = ({ place }: Pick<Task, 'place'>): boolean => isSameChat(place, WEB_PLACE);
export const WEB_REQUESTER: Task['requester'] = { id: 'web:local', name: 'You' };

/** The origin of a request of this chat: who may open it may set it up, and all of them count as one person. */
export const webOrigin = (locale: string, requestKey: string): RequestOrigin => ({
  requester: WEB_REQUESTER,
  place: WEB_PLACE,
  locale,
  standing: { isAlone: true, manages: () => true },
  requestKey,
});

/** The client's own key of a request: however often it is sent, it is one. */
export const keySchema = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
