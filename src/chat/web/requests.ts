import { Hono } from 'hono';
import { z } from 'zod';
import type { Admission } from '../../../commands/admission.ts';
import { again } from '../../../commands/again.ts';
import { animate } from '../../../commands/animate.ts';
import { findExisting } from '../../../commands/record.ts';
import type { Reply } from '../../../commands/reply.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Store } from '../../store/store.ts';
import type { Fit } from '../../task/picture.ts';
import type { Task } from '../../task/task.ts';
import type { Bodies } from './body.ts';
import { WEB_LOCALE, WEB_PLACE, WEB_REQUESTER, type WebEnv, words } from './env.ts';
import type { Limiter } from './limiter.ts';
import { Problem } from './problem.ts';
import type { TaskView } from './view.ts';

const PICTURE_TYPE = 'application/octet-stream';
const keySchema = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
/** What is no number is NaN, which no range takes: the command says so in words. */
const numberSchema = z
  .string()
  .transform((text) => (text.trim() === '' ? undefined : Number(text)))
  .optional();
const querySchema = z.object({
  key: keySchema,
  scene: z.string().default(''),
  motion: numberSchema,
  seed: numberSchema,
  duration: numberSchema,
  fit: z.string().optional(),
});
const againSchema = z.object({ key: keySchema, scene: z.string().optional() });

/** Who asks, and where the clip belongs: the same for all requests of this chat. */
const ASKED_HERE = { requester: WEB_REQUESTER, place: WEB_PLACE, locale: WEB_LOCALE };

/** What makes a task: `POST /api/requests` and `POST /api/tasks/<id>/again`. Both answer once it is on record. */
export function createRequests(options: {
  store: Store;
  provider: Provider;
  admission: Admission;
  defaultFit: Fit;
  bodies: Bodies;
  limiter: Limiter;
  taskOf: (id: string) => Promise<Task>;
  /** Wakes the worker and tells the open pages. */
  changed: (task: Task) => Promise<TaskView>;
}): Hono<WebEnv> {
  const { store, provider, admission, defaultFit, bodies, limiter, taskOf, changed } = options;
  const routes = new Hono<WebEnv>();

  routes.post('/api/requests', async (c) => {
    const { incoming } = c.env;
    if (c.req.header('content-type')?.split(';')[0]?.trim() !== PICTURE_TYPE) throw new Problem(415, words.web.badType);
    const asked = querySchema.safeParse(c.req.query());
    if (!asked.success) throw new Problem(400, words.web.badKey);
    const { key, scene, ...wanted } = asked.data;
    const requestKey = `web:${key}`;

    const early = (await findExisting(requestKey, store)) ?? overLimit();
    if (early) {
      await bodies.discard(incoming);
      return answer(early);
    }
    const reply = await bodies.withPicture(incoming, (picture) =>
      animate(
        { ...ASKED_HERE, requestKey, scene, options: given(wanted), picture },
        { store, provider, admission, defaultFit },
      ),
    );
    return answer(reply);
  });

  routes.post('/api/tasks/:id/again', async (c) => {
    const asked = againSchema.safeParse(await bodies.json(c.env.incoming));
    if (!asked.success) throw new Problem(400, words.web.badKey);
    const { key, scene } = asked.data;
    const requestKey = `web:${key}`;
    const early = (await findExisting(requestKey, store)) ?? overLimit();
    if (early) return answer(early);
    const { id: taskId } = await taskOf(c.req.param('id'));
    const more = scene === undefined ? {} : { scene };
    return answer(await again({ ...ASKED_HERE, requestKey, taskId, ...more }, { store, provider, admission }));
  });

  function overLimit(): Problem | undefined {
    const waitMs = limiter.take('');
    return waitMs > 0 ? new Problem(429, words.web.tooFast(waitMs), waitMs) : undefined;
  }

  async function answer(reply: Reply | Problem): Promise<Response> {
    if (reply instanceof Problem) throw reply;
    if (reply.type !== 'taken') throw new Problem(400, reply.text);
    return Response.json({ task: await changed(reply.task) }, { status: reply.created ? 201 : 200 });
  }

  return routes;
}

/** Only what was given, so that the command chooses the rest. */
function given(wanted: Omit<z.infer<typeof querySchema>, 'key' | 'scene'>) {
  const { motion, seed, duration, fit } = wanted;
  return {
    ...(motion === undefined ? {} : { motion }),
    ...(seed === undefined ? {} : { seed }),
    ...(duration === undefined ? {} : { duration }),
    ...(fit === undefined ? {} : { fit }),
  };
}
