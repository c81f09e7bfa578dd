import { z } from 'zod';
import type { MovableClock } from './clock.ts';
import { captionFields, captionOf } from './content.ts';
import type { Files } from './files.ts';
import { readKeyboard, replyMarkup } from './markup.ts';
import type { News } from './news.ts';
import { flag, int, json, type Method, method, str } from './params.ts';
import { badRequest } from './refusal.ts';

/** Nobody waits longer for an answer: what bots' authors report, as the documentation gives no number. */
export const USUAL_ANSWER_MS = 15_000;
const MAX_RESULTS = 50;
const MAX_CALLBACK_TEXT = 200;
const USUAL_CACHE_SECONDS = 300;

export interface CallbackAnswer {
  id: string;
  data: string;
  text?: string | undefined;
  alert: boolean;
  /** Where the person was led. */
  url?: string | undefined;
  /** Milliseconds between the press and the answer. */
  latencyMs: number;
}

const result = z.looseObject({
  type: z.string(),
  id: z.string(),
  title: z.string().optional(),
  video_file_id: z.string().optional(),
  photo_file_id: z.string().optional(),
  document_file_id: z.string().optional(),
  reply_markup: replyMarkup,
  ...captionFields,
});
export type InlineResult = z.output<typeof result>;

export interface InlineAnswer {
  results: InlineResult[];
  /** Seconds for which Telegram answers by itself. */
  cacheTime: number;
  /** Whether it does so for the one who asked only. */
  personal: boolean;
  nextOffset: string;
  button?: unknown;
  latencyMs: number;
  /** Given by Telegram itself, the bot was not asked. */
  cached: boolean;
}

interface Asked {
  user: number;
  query: string;
  offset: string;
}

interface Open<About, T> {
  at: number;
  about: About;
  answered(answer: T): void;
}

export function createQueries({
  clock,
  news,
  files,
  answerMs,
  username,
}: {
  clock: MovableClock;
  news: News;
  files: Files;
  answerMs: number;
  /** Of the bot. */
  username: string;
}) {
  const presses = new Map<string, Open<string, CallbackAnswer>>();
  const inline = new Map<string, Open<Asked, InlineAnswer>>();
  const callbacks: CallbackAnswer[] = [];
  const inlineAnswers: InlineAnswer[] = [];
  const cache = new Map<string, { answer: InlineAnswer; until: number }>();
  const cacheKey = (user: number | 'all', query: string, offset: string) => JSON.stringify([user, query, offset]);

  function take<A, T>(open: Map<string, Open<A, T>>, id: string): Open<A, T> {
    const query = open.get(id);
    open.delete(id);
    if (!query || clock.now() - query.at > answerMs)
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    return query;
  }

  const FILES = [
    ['video', 'video_file_id'],
    ['photo', 'photo_file_id'],
    ['document', 'document_file_id'],
  ] as const;

  function check(one: InlineResult) {
    if (one.id === '') throw badRequest('RESULT_ID_EMPTY');
    if (Buffer.byteLength(one.id) > 64) throw badRequest('RESULT_ID_INVALID');
    readKeyboard(one.reply_markup);
    captionOf(one);
    for (const [kind, field] of FILES) {
      if (one.type !== kind) continue;
      const id = one[field];
      if (id === undefined) throw badRequest("can't parse InlineQueryResult: uncached results are beyond the stand-in");
      if (files.get(id)?.kind !== kind)
        throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
      if (kind !== 'photo' && !one.title) throw badRequest(`${kind === 'video' ? 'VIDEO' : 'FILE'}_TITLE_EMPTY`);
    }
    if (one.type === 'article' && !one.title) throw badRequest('ARTICLE_TITLE_EMPTY');
  }

  const methods: Record<string, Method> = {
    answerCallbackQuery: method(
      z.object({
        callback_query_id: str,
        text: str.optional(),
        show_alert: flag.default(false),
        url: str.optional(),
      }),
      ({ callback_query_id, text, show_alert, url }) => {
        // "links like t.me/your_bot?start=XXXX that open your bot with a parameter", no other.
        if (url !== undefined && !url.startsWith(`https://t.me/${username}?start=`)) throw badRequest('URL_INVALID');
        if (text !== undefined && text.length > MAX_CALLBACK_TEXT) throw badRequest('MESSAGE_TOO_LONG');
        const query = take(presses, callback_query_id);
        const answer = {
          id: callback_query_id,
          data: query.about,
          text,
          alert: show_alert,
          url,
          latencyMs: clock.now() - query.at,
        };
        callbacks.push(answer);
        query.answered(answer);
        news.changed();
        return true;
      },
    ),
    answerInlineQuery: method(
      z.object({
        inline_query_id: str,
        results: json(z.array(result)),
        cache_time: int.default(USUAL_CACHE_SECONDS),
        is_personal: flag.default(false),
        next_offset: str.default(''),
        button: json(z.unknown()).optional(),
      }),
      (params) => {
        if (params.results.length > MAX_RESULTS) throw badRequest('too many inline query results specified');
        if (Buffer.byteLength(params.next_offset) > 64) throw badRequest('NEXT_OFFSET_INVALID');
        for (const one of params.results) check(one);
        if (new Set(params.results.map(({ id }) => id)).size < params.results.length)
          throw badRequest('RESULT_ID_DUPLICATE');
        const query = take(inline, params.inline_query_id);
        const answer: InlineAnswer = {
          results: params.results,
          cacheTime: params.cache_time,
          personal: params.is_personal,
          nextOffset: params.next_offset,
          ...(params.button !== undefined && { button: params.button }),
          latencyMs: clock.now() - query.at,
          cached: false,
        };
        inlineAnswers.push(answer);
        // "Pass True if results may be cached on the server side only for the user that sent the query."
        const { user, query: words, offset } = query.about;
        const until = clock.now() + params.cache_time * 1000;
        cache.set(cacheKey(params.is_personal ? user : 'all', words, offset), { answer, until });
        query.answered(answer);
        news.changed();
        return true;
      },
    ),
  };

  return {
    methods,
    callbacks,
    inlineAnswers,
    openPress: (id: string, data: string, answered: (answer: CallbackAnswer) => void) =>
      presses.set(id, { at: clock.now(), about: data, answered }),
    openInline: (id: string, asked: Asked, answered: (answer: InlineAnswer) => void) =>
      inline.set(id, { at: clock.now(), about: asked, answered }),
    /** What Telegram answers by itself because the bot let it. */
    remembered(user: number, query: string, offset: string): InlineAnswer | undefined {
      const found = [user, 'all' as const].map((who) => cache.get(cacheKey(who, query, offset)));
      const fresh = found.find((entry) => entry && entry.until > clock.now());
      return fresh && { ...fresh.answer, latencyMs: 0, cached: true };
    },
  };
}
export type Queries = ReturnType<typeof createQueries>;
