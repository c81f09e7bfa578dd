import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { z } from 'zod';
import type { RequestOrigin } from '../../../commands/table.ts';
import { isSameChat, type Place, type Task } from '../../task/task.ts';
import type { Browser } from './browsers.ts';

/**
 * Node's own request and response, which the routes get beside theirs, the locale of the reader's words, who
 * asks, and who the browser is from then on.
 */
export type WebEnv = { Bindings: HttpBindings; Variables: { locale?: string; person?: WebPerson; mark?: Browser } };

/** Whoever is at a browser. */
export interface WebPerson {
  requester: Task['requester'];
  /** Runs the bot, and has shown that. */
  isOperator: boolean;
  /** Nobody but who sits at this machine can come. */
  isAlone: boolean;
  /** Stands for where they come from, as far as an address tells; see `neighbourhoodOf`. */
  from: string;
}

/** The web chat is one conversation, shared by all who may open it. */
export const WEB_PLACE = { platform: 'web', chat: 'main' } satisfies Place;
/** Whether it belongs to this chat, whatever other chats have. */
export const isHere = ({ place }: Pick<Task, 'place'>): boolean => isSameChat(place, WEB_PLACE);
/** Whoever comes without a mark, where that is whoever sits at this machine; and all, before browsers were told apart. */
export const WEB_REQUESTER: Task['requester'] = { id: 'web:local', name: 'You' };
/** That one, as a person. */
export const NOBODY_ELSE: WebPerson = { requester: WEB_REQUESTER, isOperator: false, isAlone: true, from: '' };
export const personIn = (c: Context<WebEnv>): WebPerson => c.get('person') ?? NOBODY_ELSE;

const WEB_ID = 'web:';
export const webId = ({ id }: Browser): string => `${WEB_ID}${id}`;
/** The browser of who asks; undefined where it has no mark. */
export function browserIn(c: Context<WebEnv>): Browser | undefined {
  const { id, name } = personIn(c).requester;
  return id === WEB_REQUESTER.id ? undefined : { id: id.slice(WEB_ID.length), name };
}
export const isFromWeb = ({ requester: { id } }: Pick<Task, 'requester'>): boolean => id.startsWith(WEB_ID);
export const isOf = ({ requester }: Pick<Task, 'requester'>, person: WebPerson): boolean =>
  requester.id === person.requester.id;
/** Whether a person may take away what is another's. What came before browsers were told apart is whoever's sits here. */
export const mayModerate = ({ requester }: Pick<Task, 'requester'>, { isOperator, isAlone }: WebPerson): boolean =>
  isOperator || (isAlone && requester.id === WEB_REQUESTER.id);

/** Whether it is theirs: there, what came before browsers were told apart is, too. */
export const isMine = (task: Pick<Task, 'requester'>, person: WebPerson): boolean =>
  isOf(task, person) || (person.isAlone && task.requester.id === WEB_REQUESTER.id);

/** The origin of a request of this chat: who may open it may set it up. */
export const webOrigin = (c: Context<WebEnv>, locale: string, requestKey: string): RequestOrigin => ({
  requester: personIn(c).requester,
  place: WEB_PLACE,
  locale,
  standing: { isAlone: true, manages: () => true },
  requestKey,
});

/** The client's own key of a request: however often it is sent, it is one. */
export const keySchema = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
