import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBrowsers } from '../../../src/chat/web/browsers.ts';
import { loadSecret } from '../../../src/chat/web/session.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Task } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { clipOf, scenery } from '../../helpers/scenery.ts';
import { errorIn, newKey, openLive } from '../../helpers/web.ts';

const PUBLIC_URL = 'http://kinora.example.org';
const PASSWORD = 'correct horse battery';
const here = { platform: 'web', chat: 'main' };
const you = { id: 'web:you', name: '' };
let dir: string;
let bot: RunningBot;
let cookie: string;
let clips: Task[];
let elsewhere: Task;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-travel-'));
  const picture = await scenery(640, 360);
  const size = { width: 320, height: 180 };
  const files = { picture, clip: await clipOf(picture, size), size };
  const store = await openSqliteStore({ dir, clock: systemClock });
  clips = [];
  for (let n = 0; n < 30; n++) {
    const scene = n % 10 === 0 ? `Snow falls ${n}` : `Rain falls ${n}`;
    clips.unshift(await putDelivered(store, files, { place: here, requester: you, scene }));
  }
  elsewhere = await putDelivered(store, files, {
    place: { platform: 'discord', chat: 'main' },
    scene: 'Snow elsewhere',
  });
  const browsers = createBrowsers({ password: PASSWORD, secret: await loadSecret(store) });
  const mark = `kinora-browser=${browsers.mark('known', { id: 'you', name: you.name })}`;
  await store.close();
  bot = await startBot({ DATA_DIR: dir, PUBLIC_URL, WEB_PASSWORD: PASSWORD, WEB_REQUESTS_PER_MINUTE: '1000' });
  const body = new URLSearchParams({ password: PASSWORD });
  const headers = { origin: PUBLIC_URL, cookie: mark };
  const login = await fetch(`${bot.url}/login`, { method: 'POST', headers, body, redirect: 'manual' });
  cookie = login.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
});
afterAll(async () => {
  await bot.stop();
  await rm(dir, { recursive: true, force: true });
});

const viewSchema = z.looseObject({
  taskId: z.string(),
  state: z.string(),
  status: z.string(),
  scene: z.string(),
  stars: z.number(),
  isStarred: z.boolean(),
  menu: z.array(z.object({ action: z.string() })),
  file: z.looseObject({ format: z.string(), name: z.string(), url: z.string().optional() }).optional(),
});
const replySchema = z.looseObject({
  task: viewSchema.optional(),
  say: z.string().optional(),
  link: z.string().optional(),
  open: z.string().optional(),
});
const gallerySchema = z.object({ clips: z.array(viewSchema), next: z.string().optional() });

const get = (path: string) => fetch(bot.url + path, { headers: { cookie } });
const gallery = async (query = '') => gallerySchema.parse(await (await get(`/api/clips${query}`)).json());
const post = (path: string, body: unknown = {}, headers: Record<string, string> = { cookie, origin: PUBLIC_URL }) =>
  fetch(bot.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
const press = (id: string, action: string, key = newKey()) => post(`/api/tasks/${id}/${action}`, { key });
const reply = async (response: Response) => replySchema.parse(await response.json());
const idOf = (n: number) => clips[n]?.id ?? '';

describe('the gallery', () => {
  test('has each clip of this chat once, newest first, and none of another', async () => {
    const first = await gallery();
    const second = await gallery(`?after=${first.next}`);
    expect(first.clips).toHaveLength(24);
    expect((await gallery(`?limit=9&after=${first.next}`)).clips).toEqual(second.clips);
    expect(second.next).toBeUndefined();
    expect([...first.clips, ...second.clips].map(({ taskId }) => taskId)).toEqual(clips.map(({ id }) => id));
    const snow = await gallery('?words=SNOW%20falls');
    expect(snow.clips.map(({ scene }) => scene)).toEqual(['Snow falls 20', 'Snow falls 10', 'Snow falls 0']);
  });

  test('is for those who have shown the password, and takes no foreign or made up ids', async () => {
    expect((await fetch(`${bot.url}/api/clips`)).status).toBe(401);
    for (const id of [elsewhere.id, '0'.repeat(24), 'x'])
      expect((await get(`/api/clips?story=${id}`)).status).toBe(404);
    // Where a page ended says nothing of what there is: behind a made up one stands what stands there.
    const { clips: behind } = await gallery(`?after=9999999999999-${elsewhere.id}`);
    expect(behind.map(({ taskId }) => taskId)).not.toContain(elsewhere.id);
    const wrong = ['?after=x', `?after=${elsewhere.id}`, '?limit=0', '?limit=97', '?limit=x', '?mine=perhaps'];
    for (const query of [`?words=${'x'.repeat(201)}`, '?starred=perhaps', ...wrong])
      expect((await get(`/api/clips${query}`)).status).toBe(400);
  });

  test('is where /clips and Story lead', async () => {
    expect(await reply(await post(`/api/commands/clips?key=${newKey()}`))).toEqual({ open: '/clips' });
    expect(await reply(await press(idOf(0), 'story'))).toEqual({ open: `/clips?story=${idOf(0)}` });
    expect((await gallery(`?story=${idOf(0)}`)).clips.map(({ taskId }) => taskId)).toEqual([idOf(0)]);
    expect((await get('/clips')).headers.get('content-type')).toMatch(/^text\/html/);
  });
});

test('a star is seen by all open pages, for whatever shows the clip, and finds it', async () => {
  const shown = (await reply(await press(idOf(1), 'show'))).task?.taskId ?? '';
  const live = await openLive(bot.url, { cookie });
  await live.untilState(shown, 'delivered');
  const { task } = await reply(await press(shown, 'star'));
  expect(task).toMatchObject({ taskId: shown, stars: 1, isStarred: true });
  for (const id of [idOf(1), shown])
    await live.until(({ event, data }) => event === 'task' && data.taskId === id && data.stars === 1);
  live.close();
  expect((await gallery('?starred=true')).clips.map(({ taskId }) => taskId)).toEqual([idOf(1)]);
  await press(idOf(1), 'star');
  expect((await gallery('?starred=true')).clips).toEqual([]);
});

test('a link is opened by strangers until it is taken back', async () => {
  const { link = '', say } = await reply(await press(idOf(2), 'link'));
  expect(say).toContain(link);
  const { pathname } = new URL(link);
  const page = await fetch(bot.url + pathname);
  expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
  // Who never said a name has none.
  expect(await page.text()).not.toContain('class="credit"');
  expect((await reply(await press(idOf(2), 'link'))).link).toBe(link);
  await press(idOf(2), 'unlink');
  for (const rest of ['', '/clip.mp4', '/poster.jpg'])
    expect((await fetch(bot.url + pathname + rest)).status).toBe(404);
  const again = (await reply(await press(idOf(2), 'link'))).link ?? '';
  expect(again).not.toBe(link);
  expect((await fetch(bot.url + pathname)).status).toBe(404);
  expect((await fetch(bot.url + new URL(again).pathname)).status).toBe(200);
});

test('saved as GIF a clip is a file, made once however often that is told', async () => {
  const live = await openLive(bot.url, { cookie });
  const key = newKey();
  const [first, second] = await Promise.all(
    [press(idOf(3), 'gif', key), press(idOf(3), 'gif', key)].map(async (told) => reply(await told)),
  );
  expect(second?.task?.taskId).toBe(first?.task?.taskId);
  const id = first?.task?.taskId ?? '';
  const done = viewSchema.parse(await live.untilState(id, 'delivered'));
  const begun = live.events.find(({ event, data }) => event === 'task' && data.taskId === id);
  expect(begun?.data).toMatchObject({ status: 'Making the GIF' });
  live.close();
  expect(done.file?.name).toMatch(/^Rain-falls-26-[0-9a-f]{6}\.gif$/);
  // What is a file already is not saved as another.
  expect(done.menu.map(({ action }) => action)).not.toContain('gif');
  const file = await get(done.file?.url ?? '');
  expect(file.headers.get('content-type')).toBe('image/gif');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="Rain-falls-26-/);
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 6)
      .toString(),
  ).toBe('GIF89a');
  expect((await get(`/tasks/${idOf(3)}/file`)).status).toBe(404);
  expect((await gallery()).clips.map(({ taskId }) => taskId)).not.toContain(id);
});

test('what is deleted goes wherever it was shown, from open pages, too, and its link with it', async () => {
  const live = await openLive(bot.url, { cookie });
  const shown = (await reply(await post(`/api/commands/show?key=${newKey()}&clip=${idOf(4)}`))).task?.taskId ?? '';
  await live.untilState(shown, 'delivered');
  const { pathname } = new URL((await reply(await press(shown, 'link'))).link ?? '');
  expect((await fetch(bot.url + pathname)).status).toBe(200);
  expect((await press(idOf(4), 'delete')).status).toBe(200);
  for (const id of [idOf(4), shown]) await live.until(({ event, data }) => event === 'gone' && data.taskId === id);
  live.close();
  expect((await fetch(bot.url + pathname)).status).toBe(404);
  expect((await get(`/tasks/${shown}/clip`)).status).toBe(404);
});

test('there is no other place here to share to, to send a copy to, or to report in; and no clip of another chat', async () => {
  const { menu } = (await gallery()).clips[0] ?? {};
  expect(menu?.map(({ action }) => action)).toEqual(['link', 'continue', 'loop', 'gif', 'webp', 'details', 'delete']);
  for (const action of ['share', 'copy']) {
    const response = await press(idOf(5), action);
    expect([action, response.status >= 400, (await errorIn(response)).length > 20]).toEqual([action, true, true]);
  }
  for (const action of ['star', 'link', 'unlink', 'gif', 'show', 'story', 'delete', 'more'])
    expect([action, (await press(elsewhere.id, action)).status]).toEqual([action, 404]);
  expect((await post(`/api/commands/show?key=${newKey()}&clip=${elsewhere.id}`)).status).toBe(400);
  expect((await post(`/api/tasks/${idOf(5)}/star`, {}, { cookie, origin: 'https://evil.example' })).status).toBe(403);
  expect((await post(`/api/tasks/${idOf(5)}/star`, {}, { origin: PUBLIC_URL })).status).toBe(401);
});
