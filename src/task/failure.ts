import { z } from 'zod';
import { pictureProblemSchema } from './picture.ts';

/**
 * The one taxonomy of failures that the whole program knows. An adapter maps its service's errors to it once, at its
 * edge; `messages` has the words for each class (what happened, whether it cost anything, what to do).
 */
export const failureSchema = z.discriminatedUnion('class', [
  /** The provider's moderation refused the words or the picture. */
  z.object({ class: z.literal('moderation') }),
  /** The picture cannot be used; `picture` says why. */
  z.object({ class: z.literal('bad-picture'), picture: pictureProblemSchema }),
  /** The provider says that something in the request is wrong. */
  z.object({ class: z.literal('bad-input') }),
  z.object({ class: z.literal('no-credits') }),
  z.object({ class: z.literal('quota') }),
  z.object({ class: z.literal('auth') }),
  /** Something on the way that may well work later. */
  z.object({ class: z.literal('transient') }),
  /** The provider could make nothing of it: another picture or scene may work. */
  z.object({ class: z.literal('try-another') }),
  /** The clip exists but no place would take it. */
  z.object({ class: z.literal('undeliverable') }),
  /** The provider does not know the job any more that it had accepted. */
  z.object({ class: z.literal('job-gone') }),
  /** The provider did not finish before our deadline. */
  z.object({ class: z.literal('deadline') }),
  /** No person said within a day whether a submit of unknown outcome should be repeated. */
  z.object({ class: z.literal('doubt') }),
  /** The picture expired or was deleted on its platform before we could fetch it. */
  z.object({ class: z.literal('picture-gone') }),
  /** This machine cannot do it (ffmpeg broken, disk full). The operator reads the log. */
  z.object({ class: z.literal('broken'), why: z.enum(['disk-full']).optional() }),
]);
export type Failure = z.infer<typeof failureSchema>;
export type FailureClass = Failure['class'];
export const FAILURE_CLASSES = failureSchema.options.map((option) => option.shape.class.value);
