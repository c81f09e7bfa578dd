import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import type { WithRoom } from '../store/tasks.ts';
import { CALLBACK_PREFIX, callbackHash } from '../task/callback.ts';
import type { Log } from '../util/log.ts';
import type { Worker } from '../worker/worker.ts';

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
  /** Of this process, if it has one. */
  worker?: Pick<Worker, 'look' | 'withRoom'>;
  log: Pick<Log, 'warn'>;
}): Hono {
  const { store, providers, worker, log } = deps;
  const withRoom: WithRoom = worker?.withRoom ?? ((work) => work());
  let atOnce = 0;

  async function take(params: unknown, uuid: string | undefined): Promise<void> {
    const path = pathSchema.safeParse(params);
    if (!path.success) return;
    const { task: id, attempt: name, secret } = path.data;
    const { isKnown } = await withRoom(async (owner) => {
      const called = await store.tasks.call(id, { attempt: name, callback: callbackHash(secret), owner });
      if (!called) return { isKnown: false };
      const { isClaimed } = called;
      let { task } = called;
      const attempt = task.attempts.find((each) => each.id === name);
      const job = jobSchema.safeParse(uuid);
      const provider = providers.find((each) => each.name === task.provider);
      if (attempt && task.accepted[name] === undefined && job.success && provider?.jobOfCallback) {
        const jobId = provider.jobOfCallback(job.data, attempt.key, task.options.model);
        task = (await store.tasks.recordAccepted(id, name, jobId, isClaimed ? owner : undefined)) ?? task;
      }
      return { isKnown: true, claimed: isClaimed ? task : undefined };
    });
    if (isKnown) worker?.look();
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
