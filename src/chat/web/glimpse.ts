import { Hono } from 'hono';
import type { Provider } from '../../providers/provider.ts';
import { openJobs, type Task } from '../../task/task.ts';
import type { WebEnv } from './env.ts';
import { Problem } from './problem.ts';

/** Its address is another with each frame: fetched once it is shown as often as it takes. */
const A_MINUTE = 'private, max-age=60';

/** `GET /tasks/<id>/glimpse`: the newest frame of what this process renders; 404 where there is none, or no more. */
export function createGlimpse(options: {
  providers: readonly Pick<Provider, 'name' | 'glimpse'>[];
  taskOf: (id: string) => Promise<Task>;
}): Hono<WebEnv> {
  const { providers, taskOf } = options;
  const routes = new Hono<WebEnv>();
  routes.get('/tasks/:id/glimpse', async (c) => {
    const task = await taskOf(c.req.param('id'));
    const provider = providers.find(({ name }) => name === task.provider);
    const job = openJobs(task).at(-1);
    const frame = job && (await provider?.glimpse?.(job.jobId));
    if (!frame) throw new Problem(404, ({ web }) => web.notFound);
    return c.body(Uint8Array.from(frame), 200, { 'content-type': 'image/jpeg', 'cache-control': A_MINUTE });
  });
  return routes;
}
