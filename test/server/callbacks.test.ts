import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCallbacks } from '../../src/server/callbacks.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

let rig: Rig;
let wakes: number;
beforeEach(async () => {
  rig = await createRig({ provider: scriptedProvider({ callbacks: true }) });
  wakes = 0;
});
afterEach(() => rig.close());

/** A job under way: its task, and a way to call back about it. */
async function underWay() {
  rig.provider.script.poll = async () => ({ outcome: 'rendering' });
  rig.startWorker({ publicUrl: rig.publicUrl });
  const { id } = await rig.ask();
  await rig.until(id, 'rendering');
  const callbacks = createCallbacks({
    store: rig.store,
    providers: [rig.provider],
    worker: {
      look: () => {
        wakes++;
      },
      withRoom: (work) => work(),
    },
    log: pino({ enabled: false }),
  });
  const { pathname } = new URL(rig.provider.submits[0]?.callbackUrl ?? '');
  return { call: (init: RequestInit, path = pathname) => callbacks.request(path, init), pathname };
}

const huge = JSON.stringify({ request_id: 'job-1', payload: 'x'.repeat(70_000) });

it.each<[string, RequestInit]>([
  ['names the job', { body: '{"request_id":"job-1"}' }],
  ['is no JSON', { body: 'well, well' }],
  ['is longer than we read', { body: huge }],
  ['says that it is longer than we read', { body: huge, headers: { 'content-length': `${huge.length}` } }],
])('a call whose body %s is answered 204, and wakes its task', async (_how, init) => {
  const { call } = await underWay();
  expect((await call({ method: 'POST', ...init })).status).toBe(204);
  await expect.poll(() => wakes).toBe(1);
});

it('a long call with a wrong secret is answered the same, and wakes nothing', async () => {
  const { call, pathname } = await underWay();
  expect((await call({ method: 'POST', body: huge }, `${pathname.slice(0, -4)}xxxx`)).status).toBe(204);
  expect((await call({ method: 'POST', body: huge })).status).toBe(204);
  await expect.poll(() => wakes).toBe(1);
});
