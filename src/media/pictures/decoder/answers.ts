import { z } from 'zod';
import { focusSchema, pictureNoteSchema, pictureProblemSchema, sizeSchema } from '../../../task/picture.ts';
import type { Answer } from './requests.ts';

const id = z.number();
const bytes = z.instanceof(Uint8Array);

/** Checked, because a stranger's picture may have taken over what sends them. */
export const answerSchema: z.ZodType<Answer> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('fitted'),
    id,
    fitted: z.object({
      bytes: bytes.optional(),
      isItself: z.boolean().optional(),
      type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
      thumbnail: bytes,
      original: sizeSchema,
      fitted: sizeSchema,
      notes: z.array(pictureNoteSchema),
    }),
  }),
  z.object({
    type: z.literal('converted'),
    id,
    converted: z.object({ bytes, size: sizeSchema, focus: focusSchema.optional() }),
  }),
  z.object({ type: z.literal('bad'), id, problem: pictureProblemSchema, reason: z.string() }),
  z.object({ type: z.enum(['failed', 'ended']), id, reason: z.string() }),
]);
