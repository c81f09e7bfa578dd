import { z } from 'zod';

/* What several kinds of statements return. Made once: making a schema costs several times what it parses. */

export const idSchema = z.object({ id: z.string() });
export const countSchema = z.object({ count: z.number() });
