import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { controlsOf } from '../../../commands/admin/controls.ts';
import { history } from '../../../commands/admin/history.ts';
import { ORDER_NAMES, orders } from '../../../commands/admin/orders.ts';
import { overview } from '../../../commands/admin/overview.ts';
import type { CommandDeps } from '../../../commands/table.ts';
import { keySchema, WEB_PLACE, type WebEnv } from './env.ts';
import { localeOf } from './language.ts';
import { Problem } from './problem.ts';
import { readJson } from './text-body.ts';
import type { Reads } from './view.ts';

/** The charts are counted anew so often at most. */
const FRESH_MS = 60_000;
const orderSchema = z.object({ do: z.enum(ORDER_NAMES), what: z.string().max(200).default(''), key: keySchema });

/**
 * `/admin` for whoever runs the bot: `GET /api/admin` shows how it does, `POST /api/admin` takes an order. `guards` let
 * nobody else in.
 */
export function createAdmin(options: {
  deps: CommandDeps;
  guards: readonly MiddlewareHandler<WebEnv>[];
  /** What is wrong just now, as sentences. */
  alarms: () => Promise<readonly string[]>;
  wake: () => void;
}): Hono<WebEnv> {
  const { deps, guards, alarms, wake } = options;
  const { store } = deps;
  let counted: { at: number; charts: ReturnType<typeof history> } | undefined;
  function charts(): ReturnType<typeof history> {
    const now = store.now();
    if (counted === undefined || now - counted.at >= FRESH_MS) {
      const made = { at: now, charts: history(store) };
      counted = made;
      made.charts.catch(() => {
        if (counted === made) counted = undefined;
      });
    }
    return counted.charts;
  }

  const routes = new Hono<WebEnv>();
  routes.use('/api/admin', ...guards);
  routes.get('/api/admin', async (c) => {
    const [text, { isPaused }, standing, { day, month }] = await Promise.all([
      overview(localeOf(c), deps),
      controlsOf(store),
      alarms(),
      charts(),
    ]);
    c.header('Cache-Control', 'no-store');
    return c.json({ lines: text.split('\n'), isPaused, alarms: standing, day, month } satisfies Reads['/api/admin']);
  });
  routes.post('/api/admin', async (c) => {
    const order = orderSchema.safeParse(await readJson(c.env.incoming));
    if (!order.success) throw new Problem(400, ({ web }) => web.badBody);
    const { do: name, what, key } = order.data;
    const origin = {
      requestKey: `web:admin-${key}`,
      requester: { id: 'web:admin', name: 'Web' },
      place: WEB_PLACE,
      locale: localeOf(c),
      standing: { isAlone: true },
    };
    const reply = await orders[name](what.trim(), origin, deps);
    wake();
    const say = 'text' in reply ? reply.text : '';
    if (reply.type === 'refused') throw new Problem(400, say);
    return c.json({ say });
  });
  return routes;
}
