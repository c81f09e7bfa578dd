import { GrammyError, HttpError } from 'grammy';
import { isNoTunnel } from '../../../net/tunnel.ts';

/** A call that Telegram did not do as asked. `reason` is safe to log and to keep. */
export type TelegramFailure = { reason: string } & (
  | { type: 'flood'; retryAfterMs: number }
  /** It shows that already. */
  | { type: 'same' }
  /** The message to edit or delete is not there, or cannot be edited. */
  | { type: 'message-gone' }
  /** Bots can delete their messages for 48 hours only. */
  | { type: 'too-old' }
  | { type: 'reply-gone' }
  | { type: 'topic-closed' }
  /** The group became a supergroup, which has another id. */
  | { type: 'moved'; to: string }
  /** Blocked, kicked, without the right, or no such chat. */
  | { type: 'shut' }
  | { type: 'too-large' }
  /** The token is not, or no more, a bot's. */
  | { type: 'token' }
  /** Another program receives this bot's updates. */
  | { type: 'conflict' }
  /** Refused for another reason: certainly not done. */
  | { type: 'refused' }
  /** Telegram was not reached: certainly not done. */
  | { type: 'unreached' }
  /** Perhaps done. `isLost`: no answer came; else one says that something broke there, which mostly did nothing. */
  | { type: 'unknown'; isLost: boolean }
);

/** The Bot API's words for what has no code of its own, as its server's source has them (tdlib/telegram-bot-api). */
const WORDS: readonly [RegExp, 'same' | 'message-gone' | 'too-old' | 'reply-gone' | 'topic-closed' | 'shut'][] = [
  [/message is not modified/i, 'same'],
  [/message to be replied not found|replied message not found|MESSAGE_ID_INVALID.*reply/i, 'reply-gone'],
  [/message can't be deleted/i, 'too-old'],
  [/message to (edit|delete) not found|message can't be edited|MESSAGE_ID_INVALID/i, 'message-gone'],
  [/message identifier is not specified|there is no (text|caption) in the message/i, 'message-gone'],
  [/message thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/i, 'topic-closed'],
  [/chat not found|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN|not enough rights|have no rights/i, 'shut'],
  [/need administrator rights|CHAT_(RESTRICTED|SEND_\w+_FORBIDDEN)|user is deactivated|not a member/i, 'shut'],
];

/** Node's codes for a connection that was never made, so that nothing can have been sent. */
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'];

/** The client's word for an answer that is a gateway's page. */
const NO_JSON = 'invalid-json';

/**
 * Maps the errors of calls to the Bot API, once, here at the edge. Of grammY's errors only Telegram's own words go on:
 * the error inside an `HttpError` holds the token, the payload of a `GrammyError` the clip. Other errors are bugs
 * and thrown on.
 */
export function failureOf(error: unknown): TelegramFailure {
  if (error instanceof GrammyError) return refusalOf(error);
  if (!(error instanceof HttpError)) throw error;
  const code = codeOf(error.error);
  const reason = `Telegram did not answer (${code ?? 'no code'})`;
  const isUnreached = code !== undefined && (UNREACHED.includes(code) || isNoTunnel(code));
  return isUnreached ? { type: 'unreached', reason } : { type: 'unknown', isLost: code !== NO_JSON, reason };
}

function refusalOf({ error_code: code, description, parameters }: GrammyError): TelegramFailure {
  const reason = `Telegram said ${code}: ${description.slice(0, 200)}`;
  const { retry_after: seconds, migrate_to_chat_id: to } = parameters;
  if (code === 429) return { type: 'flood', reason, retryAfterMs: Math.max(1, seconds ?? 5) * 1000 };
  if (to !== undefined) return { type: 'moved', reason, to: String(to) };
  // An unknown method is told with 404 as well, but no such method is called here.
  if (code === 401 || code === 404) return { type: 'token', reason };
  if (code === 409) return { type: 'conflict', reason };
  if (code === 413 || /file is too big|too large/i.test(description)) return { type: 'too-large', reason };
  const known = WORDS.find(([pattern]) => pattern.test(description));
  if (known) return { type: known[1], reason };
  if (code === 403) return { type: 'shut', reason };
  return code >= 500 ? { type: 'unknown', isLost: false, reason } : { type: 'refused', reason };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}
