import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../../src/messages/en/index.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { newTaskId, type Task } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { someTask } from '../../helpers/task.ts';
import { ask, conversation, errorIn, newKey, openLive, type SeenTask, taskIn } from '../../helpers/web.ts';

let dir: string;
let bot: RunningBot;
let picture: Buffer;
/** A picture that looks right until it is decoded: its task fails within moments. */
let broken: Buffer;
/** A task of another chat, in the same record. */
let elsewhere: Task;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-web-'));
  picture = await tinyPng();
  broken = picture.subarray(0, picture.length - 200);
  elsewhere = await recordElsewhere();
  bot = await startBot({ DATA_DIR: dir, WEB_REQUESTS_PER_MINUTE: '1000' });
});
afterAll(async () => {
  await bot.stop();
  await rm(dir, { recursive: true, force: true });
});

async function recordElsewhere(): Promise<Task> {
  const store = await openSqliteStore({ dir, clock: systemClock });
  const { requester, locale, scene, options, provider, cost, picture: ref } = someTask('received');
  const place = { platform: 'discord', chat: 'main' };
  const id = newTaskId(store.now());
  await store.blobs.write(id, 'upload', [picture], { maxBytes: picture.length });
  const told = { id, requestKey: 'discord:1', requester, place, locale, scene, options, provider, cost, picture: ref };
  const { task } = await store.tasks.insert(told);
  await store.close();
  return task;
}

async function failedTask(): Promise<SeenTask> {
  const live = await openLive(bot.url);
  const { taskId } = await taskIn(await ask(bot.url, broken));
  const failed = await live.untilState(taskId, 'failed');
  live.close();
  return failed;
}

const post = (path: string, body?: unknown) =>
  fetch(`${bot.url}${path}`, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

test('a picture without words is taken where the provider can, and stays without on its card and in another take', async () => {
  expect(await (await fetch(`${bot.url}/api/about`)).json()).toMatchObject({ wordless: true });
  const task = await taskIn(await ask(bot.url, picture, { scene: '', duration: '2' }));
  expect(task.scene).toBe('');
  const live = await openLive(bot.url);
  await live.untilState(task.taskId, 'delivered');
  live.close();
  const body = JSON.stringify({ key: newKey(), scene: '' });
  const headers = { 'content-type': 'application/json' };
  const again = await fetch(`${bot.url}/api/tasks/${task.taskId}/edit`, { method: 'POST', headers, body });
  expect((await taskIn(again)).scene).toBe('');
});

describe('a picture and a scene', () => {
  test('become a clip, and every open page sees it come', async () => {
    const pages = [await openLive(bot.url), await openLive(bot.url)];
    const response = await ask(bot.url, await tinyPng(1600, 1200), { seed: '7', motion: '2', duration: '2' });
    expect(response.status).toBe(201);
    const { taskId, options, pictureUrl } = await taskIn(response);
    expect(options).toEqual({ seed: 7, motion: 2, duration: 2, fit: 'crop' });
    const uploaded = await fetch(bot.url + pictureUrl);
    expect(uploaded.headers.get('content-type')).toBe('image/png');

    const [done, other] = await Promise.all(pages.map((page) => page.untilState(taskId, 'delivered')));
    expect(other).toEqual(done);
    const shown = pages[0]?.events.flatMap((event) =>
      event.event === 'task' && event.data.taskId === taskId ? [event.data] : [],
    );
    expect(shown?.map(({ state }) => state)).toContain('rendering');
    const revisions = shown?.map(({ revision }) => revision) ?? [];
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    for (const page of pages) page.close();

    expect((await conversation(bot.url)).tasks.find((task) => task.taskId === taskId)).toMatchObject({
      state: 'delivered',
      clip: done?.clip,
      buttons: [{ action: 'again' }, { action: 'edit' }, { action: 'star' }, { action: 'share' }, { action: 'more' }],
      menu: [
        { action: 'continue' },
        { action: 'loop' },
        { action: 'gif' },
        { action: 'webp' },
        { action: 'details' },
        { action: 'delete' },
      ],
    });
    await expectRanges(bot.url + (done?.clip?.url ?? ''), done?.clip?.bytes ?? 0);
    await expectDownload(`${bot.url}/tasks/${taskId}/clip?download`);
    const fitted = await fetch(bot.url + (done?.pictureUrl ?? ''));
    expect(fitted.headers.get('content-type')).toBe('image/jpeg');
  });

  test('are seen while they become one, frame by frame, and no longer', async () => {
    const live = await openLive(bot.url);
    const { taskId } = await taskIn(await ask(bot.url, picture, { duration: '10' }));
    const seen = await live.until(
      ({ event, data }) => event === 'task' && data.taskId === taskId && 'glimpseUrl' in data,
    );
    const url = bot.url + (seen.event === 'task' ? seen.data.glimpseUrl : '');
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({
      width: 480,
      height: 270,
    });
    await post(`/api/tasks/${taskId}/cancel`);
    await live.untilState(taskId, 'cancelled');
    live.close();
    expect((await fetch(url)).status).toBe(404);
  });

  test('may say what stays where the picture is cut: that part is made, in other takes, too', async () => {
    const half = { width: 600, height: 400, channels: 3 as const };
    const halves = await sharp({ create: { ...half, width: 1200, background: '#0000ff' } })
      .composite([{ input: { create: { ...half, background: '#ff0000' } }, left: 600, top: 0 }])
      .png()
      .toBuffer();
    const [BLUE, RED] = [
      [0, 0, 1],
      [1, 0, 0],
    ];
    const query = { shape: 'square', duration: '2' };
    const live = await openLive(bot.url);
    /** The colour of what goes to be animated; nobody waits for its clip. */
    async function colourOf({ taskId }: SeenTask) {
      const { data } = await live.until(
        ({ event, data }) => event === 'task' && data.taskId === taskId && data.pictureUrl.endsWith('as=picture'),
      );
      const fitted = await fetch(bot.url + ('pictureUrl' in data ? data.pictureUrl : ''));
      const { channels } = await sharp(Buffer.from(await fitted.arrayBuffer())).stats();
      await post(`/api/tasks/${taskId}/cancel`);
      return channels.map(({ mean }) => Math.round(mean / 255));
    }
    const press = async ({ taskId }: SeenTask, action: string, body: object) =>
      taskIn(await post(`/api/tasks/${taskId}/${action}`, { key: newKey(), ...body }));
    const [left, right] = await Promise.all(
      ['0,0.5', '0.9,0.5'].map(async (focus) => taskIn(await ask(bot.url, halves, { ...query, focus }))),
    );
    if (!left || !right) throw new Error('nothing was taken');
    expect(await Promise.all([left, right].map(colourOf))).toEqual([BLUE, RED]);
    const others = [
      await press(left, 'again', {}),
      await press(left, 'edit', { scene: 'rain', options: { shape: 'tall' } }),
      await press(left, 'edit', { scene: 'rain', options: { focus: { x: 1, y: 0 } } }),
    ];
    expect(await Promise.all(others.map(colourOf))).toEqual([BLUE, BLUE, RED]);
    const answers = await Promise.all(['2,0', 'left', '0.1'].map((focus) => ask(bot.url, halves, { focus })));
    for (const answer of answers) expect(await errorIn(answer)).toMatch(/^Focus is two numbers from 0 to 1/);
    live.close();
  });

  test('told twice, also at the same moment, make one task', async () => {
    const key = newKey();
    const responses = await Promise.all([1, 2, 3, 4].map(() => ask(bot.url, broken, { key })));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const ids = await Promise.all(responses.map(async (response) => (await taskIn(response)).taskId));
    expect(new Set(ids).size).toBe(1);
    const late = await ask(bot.url, broken, { key });
    expect(late.status).toBe(200);
    expect((await taskIn(late)).taskId).toBe(ids[0]);
    expect((await conversation(bot.url)).tasks.filter((task) => task.taskId === ids[0])).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a scene that is too long', { scene: 'x'.repeat(1001) }, /too long \(1001/],
    ['a motion that is none', { motion: 'wild' }, /Motion goes from 1/],
    ['a seed out of range', { seed: '-1' }, /A seed is/],
    ['a length that is not on offer', { duration: '11' }, /from 2 to 10|2.{0,3}10/],
    ['an unknown fit', { fit: 'squash' }, /Fit is crop/],
    ['a key that is none', { key: 'short' }, /needs a key/],
    ['a key with a path in it', { key: '../../../etc/passwd' }, /needs a key/],
  ])('with %s are refused in a sentence', async (_what, query, sentence) => {
    const response = await ask(bot.url, picture, query);
    expect(response.status).toBe(400);
    expect(await errorIn(response)).toMatch(sentence);
  });

  test.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /empty/],
    ['text', Buffer.from('dear diary'), /text file/],
  ])('where the picture is %s are refused in a sentence', async (_what, bytes, sentence) => {
    const response = await ask(bot.url, bytes);
    expect(response.status).toBe(400);
    expect(await errorIn(response)).toMatch(sentence);
  });
});

describe('a task', () => {
  test('made again has the same picture and another seed, and the first may go before the second begins', async () => {
    const first = await failedTask();
    const key = newKey();
    const second = await taskIn(await post(`/api/tasks/${first.taskId}/edit`, { key, scene: 'other words' }));
    expect(second).toMatchObject({ scene: 'other words', options: { ...first.options, seed: second.options.seed } });
    expect(second.options.seed).not.toBe(first.options.seed);
    expect((await post(`/api/tasks/${first.taskId}/delete`)).status).toBe(200);
    const picture = await fetch(bot.url + second.pictureUrl);
    expect(Buffer.from(await picture.arrayBuffer()).equals(broken)).toBe(true);
    // Told once more, although its model is gone.
    const repeated = await post(`/api/tasks/${first.taskId}/edit`, { key, scene: 'other words' });
    expect(repeated.status).toBe(200);
    expect((await taskIn(repeated)).taskId).toBe(second.taskId);
    expect((await post(`/api/tasks/${first.taskId}/again`, { key: newKey() })).status).toBe(404);
  });

  test('that is cancelled stops, and can be deleted only then', async () => {
    const live = await openLive(bot.url);
    const { taskId } = await taskIn(await ask(bot.url, picture, { duration: '10' }));
    await live.untilState(taskId, 'rendering');
    const early = await post(`/api/tasks/${taskId}/delete`);
    expect([early.status, await errorIn(early)]).toEqual([409, expect.stringContaining('cancel it first')]);
    // The card says it.
    expect(await (await post(`/api/tasks/${taskId}/cancel`)).json()).toEqual({});
    await live.until(
      ({ event, data }) => event === 'task' && data.status === 'Stopping it, unless it is already done.',
    );
    await live.untilState(taskId, 'cancelled');
    const late = await post(`/api/tasks/${taskId}/cancel`);
    expect([late.status, await errorIn(late)]).toEqual([409, expect.stringContaining('Too late')]);
    expect((await post(`/api/tasks/${taskId}/delete`)).status).toBe(200);
    await live.until((event) => event.event === 'gone' && event.data.taskId === taskId);
    live.close();
    expect((await conversation(bot.url)).tasks.map((task) => task.taskId)).not.toContain(taskId);
    for (const path of [`/tasks/${taskId}/picture`, `/tasks/${taskId}/clip`])
      expect((await fetch(bot.url + path)).status).toBe(404);
  });

  test('of another chat is not there', async () => {
    for (const [method, path] of [
      ['GET', `/tasks/${elsewhere.id}/picture`],
      ['POST', `/api/tasks/${elsewhere.id}/cancel`],
      ['POST', `/api/tasks/${elsewhere.id}/delete`],
    ] as const)
      expect([path, (await fetch(bot.url + path, { method })).status]).toEqual([path, 404]);
    expect((await post(`/api/tasks/${elsewhere.id}/again`, { key: newKey() })).status).toBe(404);
  });

  test.each(['0'.repeat(24), 'nonsense', '..%2f..%2fkinora.db'])('called %s is not there', async (id) => {
    for (const [method, path] of [
      ['POST', `/api/tasks/${id}/cancel`],
      ['POST', `/api/tasks/${id}/delete`],
      ['GET', `/tasks/${id}/clip`],
      ['GET', `/api/conversation?before=${id}`],
    ] as const) {
      const response = await fetch(bot.url + path, { method });
      expect([path, response.status]).toEqual([path, 404]);
      expect(await errorIn(response)).toMatch(/not here|nothing here/);
    }
  });
});

describe('a page that was away', () => {
  test('a moment gets what it missed, and nothing twice', async () => {
    const first = await openLive(bot.url);
    const begin = await first.until(({ event }) => event === 'conversation');
    first.close();
    const { taskId } = await failedTask();
    const second = await openLive(bot.url, { 'last-event-id': begin.id });
    await second.untilState(taskId, 'failed');
    expect(second.events.map(({ event }) => event)).not.toContain('conversation');
    const ids = second.events.map(({ id }) => Number(id.split('-')[1]));
    const from = Number(begin.id.split('-')[1]) + 1;
    expect(ids).toEqual(ids.map((_id, i) => from + i));
    second.close();
  });

  test.each(['another-1', 'nonsense', ''])('and says it last saw “%s” gets the conversation', async (id) => {
    const live = await openLive(bot.url, { 'last-event-id': id });
    await live.until(({ event }) => event === 'conversation');
    live.close();
  });
});

test('older tasks come by pages, each once', async () => {
  for (let i = 0; i < 45; i++) await ask(bot.url, broken, { scene: `scene ${i}` });
  const seen: string[] = [];
  let page = await conversation(bot.url);
  for (;;) {
    seen.push(...page.tasks.map(({ taskId }) => taskId));
    if (!page.older) break;
    page = await conversation(bot.url, `?before=${seen.at(-1)}`);
  }
  expect(seen.length).toBeGreaterThanOrEqual(45);
  expect(new Set(seen).size).toBe(seen.length);
});

async function expectRanges(url: string, bytes: number): Promise<void> {
  const whole = await fetch(url);
  const all = Buffer.from(await whole.arrayBuffer());
  expect(all.length).toBe(bytes);
  const etag = whole.headers.get('etag') ?? '';
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(bytes),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  const part = async (range: string, more: Record<string, string> = {}) => {
    const response = await fetch(url, { headers: { range, ...more } });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, range: response.headers.get('content-range'), body };
  };
  const ranges = [
    ['bytes=0-99', 0, 100],
    [`bytes=${bytes - 1}-`, bytes - 1, bytes],
    ['bytes=-50', bytes - 50, bytes],
    [`bytes=100-${bytes + 5000}`, 100, bytes],
    [`bytes=-${bytes + 1}`, 0, bytes],
  ] as const;
  for (const [range, start, end] of ranges) {
    expect(await part(range)).toEqual({
      status: 206,
      range: `bytes ${start}-${end - 1}/${bytes}`,
      body: all.subarray(start, end),
    });
  }
  for (const range of [`bytes=${bytes}-`, 'bytes=-0'])
    expect(await part(range)).toMatchObject({ status: 416, range: `bytes */${bytes}` });
  for (const range of ['bytes=5-1', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-'])
    expect(await part(range)).toEqual({ status: 200, range: null, body: all });
  expect((await part('bytes=0-9', { 'if-range': etag })).status).toBe(206);
  expect((await part('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200);
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(bytes), '']);
}

async function expectDownload(url: string): Promise<void> {
  const response = await fetch(url);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="slow-zoom-in-[0-9a-f]{6}\.mp4"/);
  await response.arrayBuffer();
}

test('two pictures come in one body, of which the second begins where the query says, and is named by its failure', async () => {
  const live = await openLive(bot.url);
  const lastAt = String(picture.length);
  const { taskId } = await taskIn(await ask(bot.url, Buffer.concat([picture, broken]), { lastAt }));
  const { status, endsOn } = await live.untilState(taskId, 'failed');
  expect(status).toMatch(/^The last picture: The picture is incomplete/);
  expect(endsOn).toBe(true);
  live.close();
  expect(await errorIn(await ask(bot.url, picture, { lastAt }))).toMatch(/^The last picture: The picture is empty/);
  for (const wrong of ['-1', 'NaN', 'abc', '1e308', '1.5', '']) {
    const answer = await ask(bot.url, broken, { lastAt: wrong });
    expect([wrong, answer.status, await errorIn(answer)]).toEqual([wrong, 400, en.web.badLastAt]);
  }
});
