import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { actions, commands } from '../../commands/index.ts';
import { type App, startApp } from '../../src/app.ts';
import { platforms } from '../../src/chat/index.ts';
import { providers } from '../../src/providers/index.ts';
import { type Listener, listen } from '../../src/server/listener.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/discord.ts';
import { type FakeTelegram, startTelegram } from '../fakes/telegram/telegram.ts';
import { isClip } from '../helpers/discord.ts';
import { madeUpCommand } from '../helpers/made-up-command.ts';
import { madeUpProvider } from '../helpers/made-up-provider.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, newKey, openLive, taskIn } from '../helpers/web.ts';

const { echo, applaud, applause } = madeUpCommand();
let dir: string;
let discord: FakeDiscord;
let tg: FakeTelegram;
let app: App;
let listener: Listener;
let url: string;

// Both tables with one line more, on every platform at once.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-seam-'));
  discord = await startDiscord();
  tg = await startTelegram({ flood: 'off' });
  const lists = { providers: [madeUpProvider().wonder, ...providers], platforms };
  const env = {
    DATA_DIR: dir,
    ALLOW: '*',
    WONDER_KEYS: 'good-key-0123',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    DISCORD_CDN_URL: discord.cdn,
    TELEGRAM_TOKEN: tg.token,
    TELEGRAM_API_ROOT: tg.url,
  };
  const { config, ...configured } = loadConfig(env, lists);
  const log = pino({ level: 'silent' });
  app = await startApp({
    config,
    ...configured,
    commands: [...commands, echo],
    actions: [...actions, applaud],
    log,
    connected: () => {},
    fail: (error) => {
      throw error;
    },
  });
  listener = await listen({ host: '127.0.0.1', port: 0, portSetting: 'PORT', answer: app.answer, log });
  url = `http://127.0.0.1:${listener.port}`;
  await discord.ready();
});
afterAll(async () => {
  app.closeStreams();
  await listener.stop();
  await app.stop();
  await Promise.all([discord.close(), tg.close()]);
  await rm(dir, { recursive: true, force: true });
});

describe('a command and an action that are one line more in their tables', () => {
  test('on Discord', async () => {
    const guild = discord.guild();
    const channel = discord.channel(guild);
    const user = discord.user({ name: 'ann' });
    discord.join(guild, user);
    const said = discord.slash({ user, channel, command: 'echo', options: { words: 'ahoy', times: 2 } });
    expect((await said.answer()).content).toBe('ahoy ahoy');
    const help = await discord.slash({ user, channel, command: 'help' }).answer();
    expect(help.content).toContain('/echo: Says it again');
    expect(help.content).toContain('Applaud: claps');

    const attachment = { bytes: await tinyPng(), name: 'a.png', content_type: 'image/png', width: 1280, height: 720 };
    discord.slash({ user, channel, command: 'animate', options: { scene: 'on discord' }, attachment });
    const threads = () => discord.messages(channel).flatMap((message) => discord.threadOn(message) ?? []);
    const clip = await discord.until(() =>
      threads()
        .flatMap((thread) => discord.messages(thread))
        .find(isClip),
    );
    expect((await discord.press(user, clip, 'Applaud').answer()).content).toBe('Clap clap.');
    expect(applause).toContain(`discord:${user.id} on discord`);
  });

  test('on Telegram', async () => {
    const ada = tg.people.user();
    const said = (words: RegExp) =>
      tg.until(() => tg.messages(ada).find(({ byBot, now }) => byBot && words.test(now.text ?? '')));
    tg.people.sendText({ from: ada, text: '/echo ahoy times=2' });
    await said(/^ahoy ahoy$/);
    tg.people.sendText({ from: ada, text: '/help' });
    await said(/\/echo: Says it again.*Applaud: claps/s);

    tg.people.sendPhoto({ from: ada, bytes: await tinyPng(), caption: 'on telegram' });
    const clip = await tg.until(() => tg.messages(ada).find(({ byBot, now }) => byBot && now.video));
    expect(await tg.people.press(clip, 'Applaud')).toMatchObject({ text: 'Clap clap.' });
    expect(applause).toContain(`telegram:${ada.id} on telegram`);
  });

  test('on the web', async () => {
    const say = async (path: string) => {
      const response = await fetch(`${url}/api/${path}`, { method: 'POST', headers: { origin: url } });
      const told = z.object({ say: z.string().optional(), error: z.string().optional() }).parse(await response.json());
      return { status: response.status, ...told };
    };
    expect(await say(`commands/echo?key=${newKey()}&words=ahoy&times=2`)).toEqual({ status: 200, say: 'ahoy ahoy' });
    expect(await say(`commands/echo?key=${newKey()}&words=ahoy&times=4`)).toEqual({
      status: 400,
      error: 'Times goes from 1 to 3.',
    });
    expect((await say(`commands/help?key=${newKey()}`)).say).toMatch(/\/echo: Says it again.*Applaud: claps/s);
    expect(await (await fetch(`${url}/api/about`)).json()).toMatchObject({
      commands: expect.arrayContaining([
        { name: 'echo', description: 'Says it again', takesPicture: false, takes: 'words' },
      ]),
    });

    const live = await openLive(url);
    const { taskId } = await taskIn(await ask(url, await tinyPng(), { scene: 'on the web' }));
    const done = await live.untilState(taskId, 'delivered');
    live.close();
    expect(done?.buttons).toContainEqual({ action: 'applaud', label: 'Applaud', style: 'plain' });
    expect(await say(`tasks/${taskId}/applaud`)).toEqual({ status: 200, say: 'Clap clap.' });
    expect(applause).toContain('web:local on the web');
  });
});
