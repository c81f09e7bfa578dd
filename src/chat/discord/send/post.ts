import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Ledger } from '../../chat.ts';
import { CODE, isAutoMod, isTooLarge } from '../api/codes.ts';
import { type Api, type DiscordCall, type DiscordFailure, type DiscordResult, readDone } from '../api/rest.ts';
import type { Upload } from '../api/wire.ts';
import type { MessageRef } from '../ids.ts';
import type { RecentRefusals } from './recent-refusals.ts';
import { areRefused, refuseWords } from './refused-words.ts';

/** A message to be posted once. */
export interface Post {
  channel: string;
  /** At most 25 characters; Discord posts one message of a nonce, for the minutes that it remembers it. */
  nonce: string;
  /** The body; where the server refuses words that a person wrote, the one without them. */
  body: (words: { people: boolean; replies: boolean }) => object;
  ledger: Pick<Ledger, 'sent' | 'record'>;
  /** A message of the same channel. */
  replyTo?: string;
  /** Where that is gone, the body is the one that is no reply. */
  mustReply?: boolean;
  file?: Upload;
}

export type DiscordPosted =
  | { outcome: 'posted'; ref: MessageRef; components: unknown }
  /** It was posted before, and deleted since. */
  | { outcome: 'deleted' }
  | DiscordFailure;

/** A slow line's worth, on top of what an empty call may take. */
const MIN_BYTES_PER_MS = 100;
const BASE_TIMEOUT_MS = 15_000;

const message = z.object({ id: z.string(), components: z.unknown() });

export const timeoutFor = (file: Upload | undefined): number =>
  BASE_TIMEOUT_MS + Math.ceil((file?.bytes ?? 0) / MIN_BYTES_PER_MS);

/** The one file of a message, as its body names it. */
export const attachmentOf = ({ name, spoiler }: Upload) => ({ id: 0, filename: name, is_spoiler: spoiler });

/** Posts it, by one call unless Discord certainly refused that and another form of it may pass. */
export async function post(
  { api, recentRefusals }: { api: Api; recentRefusals: RecentRefusals },
  wanted: Post,
  signal: AbortSignal,
): Promise<DiscordPosted> {
  const { channel, nonce, file, mustReply = false } = wanted;
  if (recentRefusals.isBlocked(channel, 'send'))
    return { outcome: 'impossible', code: 0, status: 403, reason: 'refused a moment ago' };
  let people = !areRefused(wanted.ledger);
  let { replyTo } = wanted;
  const isGone = (code: number): boolean => mustReply && code === CODE.invalidForm;
  for (;;) {
    const call: DiscordCall = {
      method: 'POST',
      path: Routes.channelMessages(channel),
      body: {
        nonce,
        enforce_nonce: true,
        ...wanted.body({ people, replies: replyTo !== undefined }),
        message_reference: replyTo && { message_id: replyTo, fail_if_not_exists: mustReply },
        attachments: file && [attachmentOf(file)],
      },
      timeoutMs: timeoutFor(file),
      file,
    };
    const called = await api.call(call, signal);
    if (called.outcome === 'done') {
      const read = readDone(message, called.value);
      if (read.outcome !== 'read') return read;
      const { id, components } = read.value;
      return { outcome: 'posted', ref: { channel, message: id }, components };
    }
    if (called.outcome !== 'impossible') return called;
    if (called.code === CODE.unknownMessage) return { outcome: 'deleted' };
    if (isAutoMod(called.code) && people) {
      people = false;
      await refuseWords(wanted.ledger, channel);
    } else if (replyTo !== undefined && (called.code === CODE.replyNeedsHistory || isGone(called.code)))
      replyTo = undefined;
    else {
      if (called.status === 403 && !isTooLarge(called)) recentRefusals.block(channel, 'send');
      return called;
    }
  }
}

/** Takes a message of ours away. */
export const remove = (api: Api, { channel, message }: MessageRef, signal?: AbortSignal): Promise<DiscordResult> =>
  api.call({ method: 'DELETE', path: Routes.channelMessage(channel, message) }, signal);
