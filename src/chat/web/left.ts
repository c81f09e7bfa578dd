import { Hono } from 'hono';
import { leftOf } from '../../../commands/quota.ts';
import { partsAt } from '../../../commands/settings/at-place.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { personIn, WEB_PLACE, type WebEnv, webOrigin } from './env.ts';
import { localeOf } from './language.ts';
import { heldTogether } from './sender-limit.ts';
import type { Reads } from './view.ts';

/** `GET /api/left`: what the composer tells before anything is sent. `perMinute`: requests that are taken. */
export function createLeft(deps: CommandDeps, { perMinute }: { perMinute: number }): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/api/left', async (c) => {
    const { admission, provider } = await partsAt(WEB_PLACE, heldTogether(deps, personIn(c).from));
    const origin = webOrigin(c, localeOf(c), 'web:left');
    const { room = perMinute, ...today } = leftOf(await admission.quota({ provider: provider.name, ...origin }));
    return c.json({ ...today, room: Math.min(room, perMinute) } satisfies Reads['/api/left']);
  });
}
