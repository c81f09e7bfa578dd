import { Hono } from 'hono';
import { z } from 'zod';
import { newBrowser } from './browsers.ts';
import { browserIn, type WebEnv } from './env.ts';
import { cleanName } from './person-name.ts';
import { Problem } from './problem.ts';
import { readJson } from './text-body.ts';
import type { Named } from './view.ts';

/** Longer than any name that is kept: what is cut off is said back. */
const nameSchema = z.object({ name: z.string().max(200) });

/** `POST /api/me`: the name under which others see what this browser asks for from now on. It is kept in its mark. */
export function createPeople(): Hono<WebEnv> {
  return new Hono<WebEnv>().post('/api/me', async (c) => {
    const body = nameSchema.safeParse(await readJson(c.env.incoming));
    if (!body.success) throw new Problem(400, ({ web }) => web.badBody);
    const name = cleanName(body.data.name);
    c.set('mark', { ...(browserIn(c) ?? newBrowser()), name });
    return c.json({ name } satisfies Named);
  });
}
