import { z } from 'zod';
import { pictureProblemSchema } from './picture.ts';

/** The part of a request that a provider's refusal is about, where it tells. */
const partSchema = z.enum(['scene', 'picture']);
export type RequestPart = z.infer<typeof partSchema>;
/** Which of two pictures; absent: the first, or the only one. */
const whichSchema = z.literal('last').optional();
/** The provider's own words, as far as they are fit to show. */
const reasonSchema = z.string().max(200).optional();

/**
 * The one taxonomy of failures that the whole program knows. An adapter maps what its service says to it once, at its
 * edge; `messages` has the words for each type (what happened, whether it cost anything, what to do).
 */
export const failureSchema = z.discriminatedUnion('type', [
  /** The provider's moderation refused the words or the picture. */
  z.object({ type: z.literal('moderation'), about: partSchema.optional(), reason: reasonSchema }),
  /** The picture cannot be used; `picture` says why. */
  z.object({ type: z.literal('bad-picture'), picture: pictureProblemSchema, which: whichSchema }),
  /** The provider says that something in the request is wrong. */
  z.object({ type: z.literal('bad-input'), about: partSchema.optional(), reason: reasonSchema }),
  z.object({ type: z.literal('no-credits') }),
  z.object({ type: z.literal('quota') }),
  z.object({ type: z.literal('auth') }),
  /** The provider does not have the model that is set, or not any more. */
  z.object({ type: z.literal('no-model') }),
  /** Something on the way that may well work later; `unreachable`: nobody answers there. */
  z.object({ type: z.literal('transient'), why: z.enum(['unreachable']).optional() }),
  /** The provider could make nothing of it: another picture or scene may work. */
  z.object({ type: z.literal('try-another'), reason: reasonSchema }),
  /** The clip exists but no place would take it. */
  z.object({ type: z.literal('undeliverable') }),
  /** The provider does not know the job any more that it had accepted. */
  z.object({ type: z.literal('job-gone') }),
  /** The provider has the clip, and it could not be fetched from there for too long. */
  z.object({ type: z.literal('clip-unfetched') }),
  /** The provider did not finish before our deadline. */
  z.object({ type: z.literal('deadline') }),
  /** Nobody said within a day whether a submit of unknown outcome should be repeated. */
  z.object({ type: z.literal('doubt') }),
  /** The picture expired or was deleted on its platform before we could fetch it. */
  z.object({ type: z.literal('picture-gone'), which: whichSchema }),
  /** This machine cannot do it (ffmpeg broken, disk full). The operator reads the log. */
  z.object({ type: z.literal('broken'), why: z.enum(['disk-full']).optional() }),
]);
export type Failure = z.infer<typeof failureSchema>;
export type FailureType = Failure['type'];
