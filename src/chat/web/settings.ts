import { Hono } from 'hono';
import { z } from 'zod';
import { changeSetting } from '../../../commands/settings/settings.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { type WebEnv, webOrigin } from './env.ts';
import { Problem } from './problem.ts';
import { readerOf } from './reader.ts';
import type { ShowReply } from './replies.ts';
import { readJson } from './text-body.ts';

/** `value` absent: as usual. */
const changeSchema = z.object({ name: z.string(), value: z.string().optional() });

/** One setting of this chat: `POST /api/settings`. The command `settings` shows them. */
export function createSettings({ deps, answer }: { deps: CommandDeps; answer: ShowReply }): Hono<WebEnv> {
  return new Hono<WebEnv>().post('/api/settings', async (c) => {
    const body = changeSchema.safeParse(await readJson(c.env.incoming));
    if (!body.success) throw new Problem(400, ({ web }) => web.badBody);
    const { name, value: given } = body.data;
    // A change says what is to be, and not what is another: told twice it is one.
    const reader = readerOf(c);
    const origin = webOrigin(c, reader.locale, `web:settings:${name}`);
    return answer(await changeSetting({ origin, name, given }, deps), { refused: 400, reader });
  });
}
