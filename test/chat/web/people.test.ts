import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Browser, createBrowsers } from '../../../src/chat/web/browsers.ts';
import { senderOf } from '../../../src/chat/web/door.ts';
import { createFiles } from '../../../src/chat/web/files.ts';
import { cleanName } from '../../../src/chat/web/person-name.ts';
import { createPosters } from '../../../src/chat/web/poster.ts';
import { Problem } from '../../../src/chat/web/problem.ts';
import { heldTogether } from '../../../src/chat/web/sender-limit.ts';
import { loadSecret } from '../../../src/chat/web/session.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { sha256 } from '../../../src/util/hash.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { createRig, type Rig } from '../../helpers/rig.ts';
import { someTask } from '../../helpers/task.ts';
import { newKey } from '../../helpers/web.ts';

const WEB = { WEB_PASSWORD: 'for all of us here', ADMIN_PASSWORD: 'for me alone here' };
const place = { platform: 'web', chat: 'main' };
const seenSchema = z.object({
  taskId: z.string(),
  pictureUrl: z.string(),
  isMine: z.boolean(),
  isStarred: z.boolean(),
  by: z.string().optional(),
  buttons: z.array(z.object({ action: z.string() })),
  menu: z.array(z.object({ action: z.string() })),
});
const aboutSchema = z.object({ me: z.object({ name: z.string(), isAlone: z.boolean() }) });
const pageSchema = z.object({ tasks: z.array(seenSchema) });
const clipsSchema = z.object({ clips: z.array(seenSchema) });

/** A browser: it keeps the cookies that it is given, and sends them. */
function browserAt(url: string, jar = new Map<string, string>()) {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { origin: url, cookie, ...Object.fromEntries(new Headers(init.headers)) };
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      jar.set(name, value);
    }
    return response;
  }
  const post = (path: string, body: object = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) });
  const seen = async (query = '') => pageSchema.parse(await (await ask(`/api/conversation${query}`)).json()).tasks;
  return {
    ...{ jar, ask, post, seen },
    login: async (at: string, password: string) =>
      (await ask(at, { method: 'POST', body: new URLSearchParams({ password }) })).status,
    /** A clip as this browser sees it. */
    async find(taskId: string) {
      const found = (await seen()).find((each) => each.taskId === taskId);
      const actions = [...(found?.buttons ?? []), ...(found?.menu ?? [])].map(({ action }) => action);
      return { isMine: found?.isMine, isStarred: found?.isStarred, by: found?.by, actions };
    },
    me: async () => aboutSchema.parse(await (await ask('/api/about')).json()).me,
    remove: async (taskId: string) => (await post(`/api/tasks/${taskId}/delete`)).status,
    /** Who it is, as the record knows them. */
    id: () => `web:${jar.get('kinora-browser')?.split('.')[0]}`,
  };
}

const someone = (id: string): Browser => ({ id, name: '' });
/** Whose clips there are: marked browsers, and who had none. */
const [ANNA, BEN, CARLA] = [someone('anna'), someone('ben'), someone('carla')];
const [DORA, EVE] = [someone('dora'), someone('eve')];
const OLD = { id: 'web:local', name: 'You' };

describe('the people of the web chat', () => {
  let dir: string;
  /** Like one of a telephone, it tells where it was taken. */
  let photo: Buffer;
  let bot: RunningBot;
  let markOf: (browser: Browser) => string;
  const clips = new Map<string, string>();
  const clipOf = (id: string): string => clips.get(id) ?? '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-people-'));
    const exif = { IFD3: { GPSLatitude: '51/1 30/1 3230/100' } };
    photo = await sharp(await tinyPng())
      .withExif(exif)
      .jpeg()
      .toBuffer();
    const files = { picture: photo, clip: Buffer.from('a clip'), size: { width: 1280, height: 720 } };
    const store = await openSqliteStore({ dir, clock: systemClock });
    const browsers = createBrowsers({ password: WEB.WEB_PASSWORD, secret: await loadSecret(store) });
    markOf = (browser) => browsers.mark('known', browser);
    const requesters = [ANNA, BEN, CARLA, DORA, EVE].map(({ id }) => ({
      id: `web:${id}`,
      name: id === 'anna' ? 'Anna' : '',
    }));
    for (const requester of [...requesters, OLD])
      clips.set(requester.id, (await putDelivered(store, files, { place, requester, fitted: { blob: 'upload' } })).id);
    await store.close();
    bot = await startBot({ DATA_DIR: dir, ...WEB });
  });
  afterAll(async () => {
    await bot.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  /** Comes with the password, and with a mark of before. */
  async function comer(who?: Browser) {
    const browser = browserAt(bot.url, new Map(who && [['kinora-browser', markOf(who)]]));
    expect(await browser.login('/login', WEB.WEB_PASSWORD)).toBe(303);
    if (who) expect(browser.id()).toBe(`web:${who.id}`);
    return browser;
  }

  test('are somebody each from the first page on, under the name that they say, in a cookie that no script reads', async () => {
    const browser = browserAt(bot.url);
    const page = await browser.ask('/login');
    expect(page.headers.getSetCookie()).toEqual([expect.stringMatching(/^kinora-browser=.*; HttpOnly; SameSite=Lax$/)]);
    const before = browser.id();
    await browser.login('/login', WEB.WEB_PASSWORD);
    const named = await browser.post('/api/me', { name: ' <b>Anna</b>\u202e ' });
    expect([named.status, await named.json()]).toEqual([200, { name: 'bAnna/b' }]);
    expect([browser.id(), await browser.me()]).toEqual([before, { name: 'bAnna/b', isAlone: false }]);
    // The password is asked for anew after a month.
    await browser.login('/login', WEB.WEB_PASSWORD);
    expect([browser.id(), await browser.me()]).toEqual([before, { name: 'bAnna/b', isAlone: false }]);
    for (const name of [1, null, 'x'.repeat(201)]) expect((await browser.post('/api/me', { name })).status).toBe(400);
    expect((await browserAt(bot.url).post('/api/me', { name: 'x' })).status).toBe(401);
  });

  test('take away what is their own; what is another’s only who runs the bot; and no forged mark helps', async () => {
    const [anna, ben] = [await comer(ANNA), await comer(BEN)];
    const [annas, bens, old] = [clipOf('web:anna'), clipOf('web:ben'), clipOf(OLD.id)];
    const [own, others] = [await anna.find(annas), await ben.find(annas)];
    expect([own.isMine, own.by, others.isMine, others.by]).toEqual([true, 'Anna', false, 'Anna']);
    expect(own.actions).toEqual(expect.arrayContaining(['star', 'delete']));
    expect(others.actions).toContain('star');
    expect(others.actions).not.toContain('delete');
    expect((await ben.find(bens)).by).toBeUndefined();
    // What was made before browsers were told apart is nobody's.
    for (const each of [anna, ben]) expect((await each.find(old)).actions).not.toContain('delete');

    const mark = anna.jar.get('kinora-browser') ?? '';
    const [id = '', name = '', proof = '', known = ''] = mark.split('.');
    const [benId = '', , benProof = '', benKnown = ''] = (ben.jar.get('kinora-browser') ?? '').split('.');
    const forged = [
      '',
      'x',
      id,
      `${id}.${name}`,
      `${id}.${name}.`,
      `${id}.${name}.${benProof}.${benKnown}`,
      `${id}.${Buffer.from('Zoe').toString('base64url')}.${proof}.${known}`,
      `${id}.${proof}`,
      `${id}.${known}`,
      `${id}.${name}.${known}.${proof}`,
      `${benId}.${name}.${proof}.${known}`,
      `${mark}.x`,
      'local',
      'local..',
    ];
    for (const value of forged) {
      const thief = browserAt(bot.url, new Map([...ben.jar, ['kinora-browser', value]]));
      expect({ value, status: await thief.remove(annas) }).toEqual({ value, status: 409 });
      expect({ value, status: await thief.remove(old) }).toEqual({ value, status: 409 });
    }
    expect(await browserAt(bot.url, new Map([['kinora-browser', mark]])).remove(annas)).toBe(401);
    expect(await ben.remove(annas)).toBe(409);
    expect(await anna.remove(annas)).toBe(200);

    const operator = await comer();
    expect(await operator.remove(bens)).toBe(409);
    expect(await operator.login('/api/admin/login', WEB.ADMIN_PASSWORD)).toBe(303);
    for (const each of [bens, old]) {
      expect((await operator.find(each)).actions).toContain('delete');
      expect(await operator.remove(each)).toBe(200);
    }
    const left = [annas, bens, old].map(async (each) => (await anna.find(each)).isMine);
    expect(await Promise.all(left)).toEqual([undefined, undefined, undefined]);
  });

  test('have their uploads for themselves: others are shown the pixels', async () => {
    const doras = clipOf('web:dora');
    const bytesFor = async (who: Browser, path: string) => {
      const response = await (await comer(who)).ask(path);
      return [response.status, Buffer.from(await response.arrayBuffer())] as const;
    };
    const toldTo = async (who: Browser) =>
      (await (await comer(who)).seen()).find(({ taskId }) => taskId === doras)?.pictureUrl ?? '';
    const [own, others] = await Promise.all([toldTo(DORA), toldTo(CARLA)]);
    expect((await bytesFor(DORA, own))[1].equals(photo)).toBe(true);
    for (const path of [own, others, `/tasks/${doras}/picture`]) {
      const [status, bytes] = await bytesFor(CARLA, path);
      const { exif, format } = await sharp(bytes).metadata();
      expect([path, status, format, exif]).toEqual([path, 200, 'jpeg', undefined]);
    }
  });

  test('have stars and pages of their own, also in the gallery', async () => {
    const [carla, dora] = [await comer(CARLA), await comer(DORA)];
    const [carlas, doras] = [clipOf('web:carla'), clipOf('web:dora')];
    expect((await carla.post(`/api/tasks/${doras}/star`)).status).toBe(200);
    expect([(await carla.find(doras)).isStarred, (await dora.find(doras)).isStarred]).toEqual([true, false]);
    for (const [browser, own] of [
      [carla, carlas],
      [dora, doras],
    ] as const) {
      expect((await browser.seen('?mine=true')).map(({ taskId }) => taskId)).toEqual([own]);
      const { clips: found } = clipsSchema.parse(await (await browser.ask('/api/clips?mine=true')).json());
      expect(found.map(({ taskId }) => taskId)).toEqual([own]);
    }
  });

  test('are forgotten with what they made, and are somebody else then', async () => {
    const [eve, dora] = [await comer({ ...EVE, name: 'Eve' }), await comer(DORA)];
    const asked = z.object({ confirm: z.object({ question: z.string(), text: z.string() }) });
    const { confirm } = asked.parse(await (await eve.post(`/api/commands/forget?key=${newKey()}`)).json());
    expect(confirm.text).not.toContain('does not know who is who');
    expect((await dora.post(`/api/confirm/${confirm.question}`)).status).toBe(409);
    expect((await eve.post(`/api/confirm/${confirm.question}`)).status).toBe(200);
    expect([eve.id() === 'web:eve', await eve.me()]).toEqual([false, { name: '', isAlone: false }]);
    const isThere = async (id: string) => (await dora.find(clipOf(id))).isMine !== undefined;
    await expect.poll(() => isThere('web:eve'), { timeout: 10_000 }).toBe(false);
    expect(await isThere('web:dora')).toBe(true);
  });
});

test.each([
  ['the last that a proxy says', '127.0.0.1', '7.7.7.7, 198.51.100.4', '198.51.100.4'],
  ['the last of a proxy in a network of its own', '172.18.0.2', '7.7.7.7,10.0.0.9, 198.51.100.4', '198.51.100.4'],
  ['the proxy, where it says nothing that is one', '127.0.0.1', '7.7.7.7, unknown', '127.0.0.1'],
  ['who comes by no proxy, whatever they say', '8.8.8.8', '7.7.7.7', '8.8.8.8'],
])('where a request comes from is %s', (_what, address, told, sender) => {
  expect(senderOf({ address, told }, { publicUrl: 'https://kinora.example.org' })).toBe(sender);
  expect(senderOf({ address, told }, { publicUrl: undefined })).toBe(address);
});

test('an upload that nothing was made of yet is for who sent it', async () => {
  const task = someTask('received', { requester: { id: 'web:anna', name: '' } });
  const served = vi.fn();
  const posterOf = createPosters({ store: {} as never, decoder: {} as never });
  const files = createFiles({ store: {} as never, serve: served, posterOf, taskOf: async () => task });
  files.onError((error, c) => c.body(null, error instanceof Problem ? 404 : 500));
  expect((await files.request(`/tasks/${task.id}/picture?as=upload`)).status).toBe(404);
  expect(served).not.toHaveBeenCalled();
});

test.each([
  ['Anna', 'Anna'],
  ['  Jean\n\tLuc  ', 'Jean Luc'],
  ['\u202eevil\u2066\u200b\ufeff', 'evil'],
  ['<script>alert(1)</script>', 'scriptalert1/script'],
  ['**bold** _x_ `y` [a](b) @all #1', 'bold x y ab all 1'],
  [`e${'\u0301'.repeat(30)}`, 'é\u0301\u0301\u0301'],
  ['x'.repeat(500), 'x'.repeat(40)],
  ['😀'.repeat(50), '😀'.repeat(40)],
  ['\u0000\u001b[31m', '31m'],
  ['\u3164\u2800\u115f\u1160\uffa0\u034f\u200d\ufe0f', ''],
  ['An\u034fna\u3164', 'Anna'],
  ['Zoë 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥', 'Zoë 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥'],
  [`${'x'.repeat(38)}👩\u200d🚀`, `${'x'.repeat(38)}👩`],
  ['さくら', 'さくら'],
  ["O'Brien-Łukasz", "O'Brien-Łukasz"],
])('a name is one line of text: %j is %j', (given, kept) => expect(cleanName(given)).toBe(kept));

test('a mark of an earlier version is still one, and another password makes nobody known but leaves them who they are', () => {
  const secret = Buffer.alloc(32, 1);
  const browsers = createBrowsers({ password: 'one', secret });
  const anna = { id: 'abc', name: 'Ännä.' };
  const [seen, known] = [browsers.mark('seen', anna), browsers.mark('known', anna)];
  expect(browsers.read(seen)).toEqual({ ...anna, isKnown: false });
  expect(browsers.read(known)).toEqual({ ...anna, isKnown: true });
  expect(createBrowsers({ password: 'two', secret }).read(known)).toEqual({ ...anna, isKnown: false });
  expect(createBrowsers({ password: 'one', secret: Buffer.alloc(32, 2) }).read(known)).toBeUndefined();
});

describe('what one person may have a day', () => {
  let rig: Rig | undefined;
  afterEach(() => rig?.close());

  test('is had once by all browsers of one place, however often a mark is thrown away, and by each person elsewhere', async () => {
    rig = await createRig({ limits: { dailyPerPerson: 2, allow: ['*'] } });
    const { store, admission, provider } = rig;
    let made = 0;
    const asking = (browser: string) => {
      const requester = { id: `web:${browser}`, name: '' };
      return { requester, place, locale: 'en', provider: provider.name, cost: 1 };
    };
    /** What a browser is told of today: by the composer and `/quota`, and once something is taken. */
    async function told(browser: string, from: string) {
      const { admission: together } = heldTogether({ store, admission } as never, from);
      const asked = asking(browser);
      const { today, mostToday } = await together.within({}).quota(asked);
      return [today, mostToday, await together.leftNote(asked)];
    }
    async function clips(browser: string, from: string): Promise<string> {
      const deps = heldTogether({ store, admission } as never, from);
      const asked = asking(browser);
      const { requester } = asked;
      const denial = await deps.admission.within({}).denialReason(asked);
      if (denial === undefined)
        await store.spend.open({
          attemptId: `a${++made}`,
          person: sha256(requester.id),
          provider: provider.name,
          cost: 1,
          request: `r${made}`,
        });
      return denial ?? 'taken';
    }
    const enough = expect.stringContaining('You have had your 2 clips');
    expect(await clips('a', 'home')).toBe('taken');
    expect(await told('b', 'home')).toEqual([1, 2, 'You have 1 more clip today.']);
    expect(await clips('b', 'home')).toBe('taken');
    expect(await told('c', 'home')).toEqual([2, 2, 'That was your last clip for today.']);
    expect(await told('c', 'work')).toEqual([0, 2, 'You have 2 more clips today.']);
    // Thrown away again and again, and once more as who was here before.
    for (const each of ['c', 'd', 'a', 'b']) expect(await clips(each, 'home')).toEqual(enough);
    expect(await clips('e', 'work')).toBe('taken');
    // One who comes from elsewhere is the same person.
    expect(await clips('a', 'cafe')).toBe('taken');
    expect(await clips('a', 'train')).toEqual(enough);
  });
});
