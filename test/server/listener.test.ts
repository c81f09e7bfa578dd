import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ListenFailed } from '../../src/server/bind.ts';
import { createGate } from '../../src/server/gate.ts';
import { type Listener, listen, type Respond } from '../../src/server/listener.ts';

let answer: Respond;
let listener: Listener;
const errors: unknown[] = [];
const log = { error: (...told: unknown[]) => void errors.push(told) };
beforeEach(async () => {
  answer = () => new Response('hello');
  listener = await listen({
    host: '127.0.0.1',
    port: 0,
    portSetting: 'PORT',
    answer: (request, env) => answer(request, env),
    log,
  });
});
afterEach(() => listener.stop());

describe('the listener', () => {
  test('says what it is called', async () => {
    expect(listener.url).toBe(`http://localhost:${listener.port}`);
    const everywhere = await listen({ host: '0.0.0.0', port: 0, portSetting: 'PORT', answer, log });
    expect(everywhere.url).toBe(`http://localhost:${everywhere.port}`);
    await everywhere.stop();
  });

  test('says in a sentence which port is in use, by the name of its setting', async () => {
    const second = listen({ host: '127.0.0.1', port: listener.port, portSetting: 'OPS_PORT', answer, log });
    await expect(second).rejects.toThrow(ListenFailed);
    await expect(second).rejects.toThrow(/is in use, .* another OPS_PORT\.$/);
  });

  test('answers in a sentence, without a stack, and logs it, where the application throws', async () => {
    answer = () => {
      throw new TypeError('a fault of ours');
    };
    const response = await fetch(listener.url);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe(
      '{"error":"Something went wrong here, not with your request. The log of the bot says more."}',
    );
    expect(errors).toHaveLength(1);
  });

  test('lets what is under way end at a stop, and takes nothing new', async () => {
    let finish = (): void => {};
    const arrived = new Promise<void>((seen) => {
      answer = () =>
        new Promise((resolve) => {
          finish = () => resolve(new Response('late'));
          seen();
        });
    });
    const under = fetch(listener.url);
    await arrived;
    const stopped = listener.stop();
    await expect(fetch(listener.url)).rejects.toThrow();
    finish();
    expect(await (await under).text()).toBe('late');
    await stopped;
  });

  test('holds up no stop for connections that ask for nothing', async () => {
    const sockets = [1, 2].map(() => connect(listener.port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    sockets[0]?.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(sockets[0] ?? process, 'data');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await listener.stop();
    vi.useRealTimers();
    await Promise.all(sockets.map((socket) => text(socket)));
  });

  test('waits five seconds at a stop for what never ends', async () => {
    const socket = connect(listener.port, '127.0.0.1');
    await once(socket, 'connect');
    const arrived = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await arrived;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stopped = listener.stop();
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    await stopped;
    expect(await text(socket)).toBe('');
  });
});

describe('the gate, while the program starts', () => {
  test('says that the process is alive and not ready, and lets the others wait until it opens', async () => {
    const gate = createGate();
    answer = gate.answer;
    expect((await fetch(`${listener.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${listener.url}/readyz`)).status).toBe(503);
    const waiting = fetch(`${listener.url}/api/conversation`);
    gate.open((request) => new Response(new URL(request.url).pathname));
    expect(await (await waiting).text()).toBe('/api/conversation');
  });

  test('tells who has waited ten seconds to come back', async () => {
    const gate = createGate();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const request = new Request('http://localhost/');
    // The gate looks at the request alone.
    const env = Object.create(null);
    const waiting = gate.answer(request, env);
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    const response = await waiting;
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  });
});
