import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import { attemptOfCallback, CALLBACK_PREFIX } from '../task/callback.ts';
import type { Log } from '../util/log.ts';

/** Callbacks looked up at once; a flood beyond it is answered and forgotten, as polling brings the news anyway. */
const MAX_AT_ONCE = 32;

const pathSchema = z.object({
  task: z.string().regex(/^[0-9a-f]{24}$/),
  attempt: z.string().regex(/^[0-9a-f]{1,32}$/),
  secret: z.string().regex(/^[\w-]{1,64}$/),
});
const jobSchema = z.string().regex(/^[\w-]{1,100}$/);
const bodySchema = z.object({ request_id: z.string() });
/** Such a call may tell the result along. A longer body is not read: the path is enough for a look. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * A provider's word that a job has ended: `GET /callbacks/<task>/<attempt>/<secret>?uuid=<job>`, or a POST whose JSON has it
 * as `request_id` (fal, which signs it, too: nothing that a signature would vouch for is used). It is believed in two
 * things only: that the task is worth a look now, and, where the submit's answer never came, which job to look at.
 * Every call is answered 204, whatever its body, and before anything is looked up: the answer does not tell which paths exist.
 */
export function createCallbacks(deps: {
  store: Store;
  providers: readonly Provider[];
  /** Has a worker of this process look what is due. */
  look: () => void;
  log: Pick<Log, 'warn'>;
}): Hono {
  const { store, providers, look, log } = deps;
  let atOnce = 0;

  async function take(params: unknown, uuid: string | undefined): Promise<void> {
    const path = pathSchema.safeParse(params);
    const task = path.success ? await store.tasks.get(path.data.task) : undefined;
    const attempt = path.success && task ? attemptOfCallback(task, path.data.attempt, path.data.secret) : undefined;
    if (!task || !attempt || attempt.over) return;
    const job = jobSchema.safeParse(uuid);
    const provider = providers.find(({ name }) => name === task.provider);
    if (task.accepted[attempt.id] === undefined && job.success && provider?.jobOfCallback)
      await store.tasks.recordAccepted(
        task.id,
        attempt.id,
        provider.jobOfCallback(job.data, attempt.key, task.options.model),
      );
    else await store.tasks.ask(task.id, { type: 'wake' });
    look();
  }

  function answered(c: Context, job?: string): Response {
    heard(c.req.param(), job);
    return c.body(null, 204);
  }

  function heard(params: unknown, job: string | undefined): void {
    if (atOnce >= MAX_AT_ONCE) return;
    atOnce++;
    take(params, job)
      .catch((error: unknown) => log.warn({ err: error }, 'a callback could not be taken'))
      .finally(() => {
        atOnce--;
      });
  }

  const path = `${CALLBACK_PREFIX}/:task/:attempt/:secret`;
  return new Hono()
    .get(path, (c) => answered(c, c.req.query('uuid')))
    .post(path, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: answered }), async (c) => {
      const body = bodySchema.safeParse(await c.req.json().catch(() => undefined));
      return answered(c, body.data?.request_id);
    });
}
