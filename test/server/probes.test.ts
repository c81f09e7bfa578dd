import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../src/providers/provider.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { createProbes } from '../../src/server/probes.ts';
import { checkReady } from '../../src/server/ready.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import { createRig, type Rig, scriptedChat, scriptedProvider } from '../helpers/rig.ts';
import { someTask } from '../helpers/task.ts';

const log = { error: () => {} };
let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

describe('ready', () => {
  test('is a program whose tasks are taken when they are due', async () => {
    expect(await checkReady(rig.store)).toEqual({ ready: true, store: 'answers', tasks: 'none is overdue' });
    await rig.ask();
    await rig.clock.advance(60_000);
    expect(await checkReady(rig.store)).toMatchObject({ ready: true, tasks: 'the oldest is overdue by 60 s' });
    await rig.clock.advance(1_000);
    expect(await checkReady(rig.store)).toMatchObject({ ready: false });
  });

  test('is a program that people can reach on one of its platforms, and it tells what is wrong with the others', async () => {
    const well = { trouble: () => undefined };
    const refused = { trouble: () => '@second_bot: Somebody else receives as this bot.' };
    expect(await checkReady(rig.store, [well, refused])).toMatchObject({ ready: true, platforms: refused.trouble() });
    expect(await checkReady(rig.store, [refused])).toMatchObject({ ready: false, platforms: refused.trouble() });
    expect(await checkReady(rig.store, [well, well])).toMatchObject({ ready: true, platforms: 'all are connected' });
  });

  test('is not one whose store fails', async () => {
    const failing = (oldestDue: () => Promise<undefined>) => ({
      now: rig.store.now,
      tasks: { ...rig.store.tasks, oldestDue },
    });
    const full = failing(async () => {
      throw new StoreUnavailable('The disk is full.');
    });
    expect(await checkReady(full)).toEqual({ ready: false, store: 'does not answer', tasks: 'not known' });
  });
});

describe('the probes', () => {
  test('tell it by their status', async () => {
    const routes = createProbes({ ready: () => checkReady(rig.store), hasFailed: () => false, log });
    expect((await routes.request('http://localhost/healthz')).status).toBe(200);
    expect((await routes.request('http://localhost/readyz')).status).toBe(200);
    await rig.ask();
    await rig.clock.advance(61_000);
    expect((await routes.request('http://localhost/readyz')).status).toBe(503);
    expect((await routes.request('http://localhost/metrics')).status).toBe(404);
  });

  test('tell that the program can only end', async () => {
    const routes = createProbes({ ready: () => checkReady(rig.store), hasFailed: () => true, log });
    const health = await routes.request('http://localhost/healthz');
    expect([health.status, await health.json()]).toEqual([503, { alive: false }]);
  });
});

describe('metrics', () => {
  test('tell tasks, calls, sends and failures, to this machine alone', async () => {
    const metrics = createMetrics();
    const routes = createProbes({ ready: () => checkReady(rig.store), hasFailed: () => false, metrics, log });
    metrics.record({ store: rig.store, provider: rig.provider, providers: [rig.provider] });
    await rig.ask();
    await rig.clock.advance(2_000);

    const provider: Provider = metrics.provider(scriptedProvider());
    const signal = new AbortController().signal;
    const input = {
      picture: Buffer.alloc(0),
      size: { width: 1280, height: 720 },
      scene: 'x',
      motion: 5,
      seed: 1,
      duration: 5,
    };
    await provider.submit(input, signal);
    await provider.poll('job-1', signal);
    const failing = metrics.provider({
      ...scriptedProvider(),
      poll: async () => {
        throw new Error('a fault of ours');
      },
    });
    await expect(failing.poll('job-1', signal)).rejects.toThrow();

    const chat = metrics.messenger(scriptedChat());
    const ledger = {
      sent: {},
      doubtful: false,
      reread: async () => ({}),
      record: async (_kind: string, id: string) => id,
    };
    await chat.send(someTask('failed'), { kind: 'notice-failed-no-credits', text: '', buttons: [] }, ledger, signal);

    const response = await routes.request('http://localhost/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const lines = (await response.text()).split('\n');
    for (const line of [
      'kinora_tasks{state="received"} 1',
      'kinora_tasks{state="delivered"} 0',
      'kinora_oldest_overdue_seconds 2',
      'kinora_gen4_call_seconds_count{provider="scripted",call="submit",outcome="accepted"} 1',
      'kinora_gen4_call_seconds_count{provider="scripted",call="poll",outcome="succeeded"} 1',
      'kinora_gen4_call_seconds_count{provider="scripted",call="poll",outcome="threw"} 1',
      'kinora_sends_total{platform="test",kind="notice",outcome="shown"} 1',
      'kinora_failures_total{class="no-credits"} 1',
    ])
      expect(lines).toContain(line);
    expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_p99_seconds'))).toBe(true);
    expect((await routes.request('http://evil.example/metrics')).status).toBe(421);
  });

  test('that cannot be told are refused in a sentence', async () => {
    const metrics = createMetrics();
    const counts = async () => {
      throw new StoreUnavailable('The disk is full.');
    };
    const store = { ...rig.store, tasks: { ...rig.store.tasks, counts } };
    metrics.record({ store, provider: rig.provider, providers: [rig.provider] });
    const routes = createProbes({ ready: () => checkReady(rig.store), hasFailed: () => false, metrics, log });
    const response = await routes.request('http://localhost/metrics');
    expect([response.status, await response.json()]).toEqual([503, { error: expect.stringContaining('log') }]);
  });
});
