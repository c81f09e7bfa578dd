import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { scenery } from '../../helpers/scenery.ts';
import { ask, conversation, newKey, openLive, type SeenTask, taskIn } from '../../helpers/web.ts';

let dir: string;
let bot: RunningBot;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-web-kill-'));
  bot = await startBot({ DATA_DIR: dir });
});
afterEach(async () => {
  await bot.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

async function killAndStart(): Promise<void> {
  await bot.stop('SIGKILL');
  bot = await startBot({ DATA_DIR: dir });
}

/** Sends a part of an upload, and resolves once the program has it. */
async function sendPart(key: string, picture: Buffer, bytes: number): Promise<Socket> {
  const socket = connect(bot.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const head = [
    `POST /api/commands/animate?key=${key}&scene=x HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/octet-stream',
    `Content-Length: ${picture.length}`,
    'Expect: 100-continue',
    '',
    '',
  ];
  socket.write(head.join('\r\n'));
  await once(socket, 'data');
  await new Promise((resolve) => socket.write(picture.subarray(0, bytes), resolve));
  return socket;
}

/** Reads some of a clip and leaves the rest. */
async function readPart(url: string): Promise<{ part: Buffer; etag: string; broken: Promise<unknown> }> {
  const response = await fetch(url);
  const reader = response.body?.getReader();
  const first = await reader?.read();
  const drain = async () => {
    while (!(await reader?.read())?.done);
  };
  return {
    part: Buffer.from(first?.value ?? []).subarray(0, 1_000),
    etag: response.headers.get('etag') ?? '',
    broken: drain().catch(() => {}),
  };
}

describe('killed', () => {
  test('in the middle of an upload: nothing is there, and the same request told again makes one task', async () => {
    const picture = await tinyPng(2000, 1500);
    const key = newKey();
    await sendPart(key, picture, picture.length - 1);
    await killAndStart();
    expect(await conversation(bot.url)).toEqual({ tasks: [], older: false });
    expect(await readdir(join(dir, 'files'))).toEqual([]);
    const response = await ask(bot.url, picture, { key });
    expect(response.status).toBe(201);
    const { taskId } = await taskIn(response);
    expect((await conversation(bot.url)).tasks.map((task) => task.taskId)).toEqual([taskId]);
  });

  test('while several takes are asked for and made: each has a card and a clip of its own, once', async () => {
    const key = newKey();
    const picture = await scenery(640, 480);
    const query = { key, seed: '5', takes: '3', duration: '3' };
    const { taskId } = await taskIn(await ask(bot.url, picture, query));
    await killAndStart();
    const live = await openLive(bot.url);
    await live.untilState(taskId, 'delivered');
    await killAndStart();
    expect((await ask(bot.url, picture, query)).status).toBe(200);
    const again = await openLive(bot.url);
    const { tasks } = await conversation(bot.url);
    expect(tasks.map(({ options }) => options.seed).toSorted()).toEqual([5, 6, 7]);
    const done = await Promise.all(tasks.map((task) => again.untilState(task.taskId, 'delivered')));
    const clips = await Promise.all(
      done.map(async ({ clip }) => (await fetch(`${bot.url}${clip?.url}`)).arrayBuffer()),
    );
    // Seen side by side no two are the same.
    expect(new Set(clips.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(3);
    again.close();
  });

  test('after the answer, in the render and while the clip is watched: one task, one clip, the same to the end', async () => {
    const key = newKey();
    const picture = await tinyPng();
    const { taskId } = await taskIn(await ask(bot.url, picture, { key, seed: '5', duration: '3' }));
    await killAndStart();
    expect((await conversation(bot.url)).tasks.map((task) => task.taskId)).toEqual([taskId]);
    const again = await ask(bot.url, picture, { key });
    expect([again.status, (await taskIn(again)).taskId]).toEqual([200, taskId]);

    const live = await openLive(bot.url);
    await live.until((event) => event.event === 'task' && event.data.state === 'rendering');
    const lastId = live.events.at(-1)?.id ?? '';
    await killAndStart();
    await live.ended;

    // The page comes back with an id of the run that died: it gets the conversation, and then the end.
    const back = await openLive(bot.url, { 'last-event-id': lastId });
    await back.until((event) => event.event === 'conversation');
    const done = await back.untilState(taskId, 'delivered');
    const url = done.clip?.url ?? '';
    const { part, etag, broken } = await readPart(bot.url + url);
    await killAndStart();
    await broken;
    const rest = await fetch(bot.url + url, { headers: { range: `bytes=${part.length}-`, 'if-range': etag } });
    expect(rest.status).toBe(206);
    expect(part.length + (await rest.arrayBuffer()).byteLength).toBe(done.clip?.bytes);

    const { tasks } = await conversation(bot.url);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ taskId, state: 'delivered', clip: done.clip } satisfies Partial<SeenTask>);
    // The upload, which fits as it came, and the clip.
    const files = await readdir(join(dir, 'files'));
    expect(files.map((file) => file.split(/[.-]/)[1]).sort()).toEqual(['clip', 'upload']);
  });
});

test('stopped in order in the middle of a render, it goes on at the next start', async () => {
  const { taskId } = await taskIn(await ask(bot.url, await tinyPng(), { motion: '1' }));
  const live = await openLive(bot.url);
  await live.untilState(taskId, 'rendering');
  const { code } = await bot.stop();
  expect(code).toBe(0);
  bot = await startBot({ DATA_DIR: dir });
  const back = await openLive(bot.url);
  await back.untilState(taskId, 'rendering');
});
