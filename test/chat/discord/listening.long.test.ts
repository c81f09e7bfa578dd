import { EventEmitter, once } from 'node:events';
import { ChannelType, type Interaction, PermissionFlagsBits as P } from 'discord.js';
import pino from 'pino';
import { Agent } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { AdmissionLimits } from '../../../commands/limits.ts';
import { connect } from '../../../src/chat/discord/receive/gateway.ts';
import { quoted } from '../../../src/chat/discord/text.ts';
import type { Store } from '../../../src/store/store.ts';
import { newTaskId } from '../../../src/task/task.ts';
import { startDiscord } from '../../fakes/discord/discord.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';
import { tinyPng } from '../../helpers/pictures.ts';

const MENU = 'Animate this picture';
const PICTURE = { name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };

let at: DiscordGateways;
afterEach(() => at.close());

async function listening(options: Parameters<typeof discordGateways>[0] = {}): Promise<void> {
  at = await discordGateways(options);
  await at.listen();
}

const animate = async (more: { user?: typeof at.ann; channel?: typeof at.channel; scene?: string } = {}) => {
  const { user = at.ann, channel = at.channel, scene = 'waves roll in' } = more;
  const attachment = { bytes: await tinyPng(), ...PICTURE };
  return at.discord.slash({ user, channel, command: 'animate', options: { scene }, attachment });
};

/** The menu of a message with one picture. */
async function menu({ name = 'cat.png', type = 'image/png', channel = at.channel, side = 1280 } = {}) {
  const file = at.discord.file(channel, { bytes: await tinyPng(side, side), name, type });
  const message = at.discord.says(at.ann, channel, { attachments: [file] });
  return at.discord.menu({ user: at.ann, message, command: MENU });
}

const contentOf = async (deed: Awaited<ReturnType<typeof animate>>) => (await deed.answer()).content;

/** A store whose answers about tasks and drafts take so long. */
const slow =
  (ms: number) =>
  (store: Store): Store => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, ms).unref());
    return {
      ...store,
      tasks: {
        ...store.tasks,
        get: (id) => wait().then(() => store.tasks.get(id)),
        conversation: (...it) => wait().then(() => store.tasks.conversation(...it)),
      },
      drafts: {
        ...store.drafts,
        put: (it) => wait().then(() => store.drafts.put(it)),
        get: (it) => wait().then(() => store.drafts.get(it)),
      },
    };
  };

describe('who may not, is told before a form is opened', () => {
  const limits: [string, AdmissionLimits, string][] = [
    ['not named in ALLOW', { allow: ['discord:1'] }, 'may not'],
    ['the budget of the day is spent', { allow: ['*'], dailyBudget: 0 }, 'today'],
  ];
  test.each(limits)('%s', async (_what, limits) => {
    await listening({ limits });
    const slash = await contentOf(await animate());
    const answer = await (await menu()).acknowledged();
    expect(answer.modal).toBeUndefined();
    expect(await contentOf(await menu())).toBe(slash);
    expect(await at.tasks()).toEqual([]);
  });

  test('a picture that cannot be used is refused before anybody writes a scene', async () => {
    await listening();
    expect(await contentOf(await menu({ side: 100 }))).toContain('The picture is too small (100×100).');
  });
});

test('who reaches the limit with this very request is told that it was taken by whichever gateway answers', async () => {
  // One of them has recorded it and waits for the disk; the other looks at the limits then.
  const told = new EventEmitter();
  const [bothLook, recorded, counted] = ['both look', 'recorded', 'counted'].map((event) => once(told, event));
  let looks = 0;
  const storeOf = (store: Store): Store => ({
    ...store,
    tasks: {
      ...store.tasks,
      async insert(task) {
        await bothLook;
        const inserted = await store.tasks.insert(task);
        told.emit('recorded');
        await counted;
        return inserted;
      },
    },
    async count(wanted) {
      if (++looks !== 2) return store.count(wanted);
      told.emit('both look');
      await recorded;
      const count = await store.count(wanted);
      told.emit('counted');
      return count;
    },
  });
  await listening({ count: 2, limits: { allow: ['*'], dailyPerPerson: 1 }, storeOf });
  expect(await contentOf(await animate())).toContain('Got it. Progress shows below.');
  expect(await at.tasks()).toHaveLength(1);
});

test('who has few left for today is told with the answer, and nobody else', async () => {
  await listening({ limits: { allow: ['*'], dailyPerPerson: 4 } });
  expect(await contentOf(await animate())).toBe('Got it. Progress shows below.');
  expect(await contentOf(await animate())).toBe('Got it. Progress shows below. You have 2 more clips today.');
  const attachments = [at.discord.file(at.channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' })];
  const plain = at.discord.says(at.ann, at.channel, { content: `<@${at.discord.botId}> waves`, attachments });
  const answerTo = ({ id }: { id: string }) =>
    at.discord.until(() => at.discord.messages(at.channel).find(({ replyTo }) => replyTo === id));
  const answer = await answerTo(plain);
  expect(answer.content).toBe('You have 1 more clip today.');
  const line = `discord ${at.channel.id}/${answer.id}`;
  await expect.poll(() => at.store.removals.open(10)).toMatchObject([{ id: line }]);
  const clip = await at.task('delivered');
  const content = `<@${at.discord.botId}> doves land`;
  const words = at.discord.says(at.ann, at.channel, { content, replyTo: at.messageOf(clip).id });
  expect((await answerTo(words)).content).toBe('That was your last clip for today.');
});

test('of the people who do something, the last one is remembered, and conversations not at all', async () => {
  const discord = await startDiscord();
  const heard: Interaction[] = [];
  const agent = new Agent();
  const limit = { total: 1000, remaining: 1000, reset_after: 1, max_concurrency: 1 };
  const gateway = connect({
    apiUrl: discord.api,
    token: discord.token,
    shard: 0,
    total: 1,
    information: { url: `${discord.url.replace('http', 'ws')}/gateway`, shards: 1, session_start_limit: limit },
    identify: { waitForIdentify: async () => {} },
    agent,
    log: pino({ level: 'silent' }),
    onInteraction: (interaction) => void heard.push(interaction),
    onMessage: () => {},
    onReaction: () => {},
    doors: () => {},
    servers: () => {},
    onRefused: () => {},
  });
  await gateway.ready;
  at = {
    close: async () => void (await Promise.all([gateway.close(), discord.close(), agent.destroy()])),
  } as DiscordGateways;
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const message = discord.says(discord.user(), channel, { content: 'press' });
  message.components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: 'x' }] }];
  for (let n = 0; n < 250; n++) {
    const user = discord.user();
    discord.join(guild, user);
    discord.press(user, message, 'Press');
    const own = discord.says(user, discord.dm(user), { content: 'press' });
    own.components = message.components;
    discord.press(user, own, 'Press');
  }
  await discord.until(() => heard.length === 500);
  const client = gateway.client();
  expect(client?.users.cache.size).toBeLessThanOrEqual(2);
  expect(client?.guilds.cache.get(guild.id)?.members.cache.size).toBeLessThanOrEqual(2);
  expect(client?.channels.cache.size).toBe(1);
});

describe('where the record takes long', () => {
  test('the menu says so in time', async () => {
    await listening({ storeOf: slow(4_000) });
    expect(await contentOf(await menu())).toContain('cannot be reached');
  });
  test('a command says so in time, and what came of it when it is known', async () => {
    await listening({ storeOf: slow(4_000) });
    const deed = at.discord.slash({ user: at.ann, channel: at.channel, command: 'cancel' });
    const answer = await deed.answer();
    expect(answer.content).toContain('not on record yet');
    await at.discord.until(() => answer.content === 'None of your clips is being made here.');
  });
  test('a button that would open a form says so in time, and opens none later', async () => {
    await listening({ storeOf: slow(2_000) });
    const task = await at.task('delivered');
    const deed = at.discord.press(at.ann, at.messageOf(task), 'Edit scene');
    const answer = await deed.answer();
    expect(answer.content).toContain('not on record yet');
    await at.discord.until(() => answer.content.includes('Try it once more'));
  });
});

test('/cancel asks which of several clips, and tells nothing of a covered scene but its age', async () => {
  await listening();
  for (const spoiler of [false, true])
    await at.store.tasks.insert({
      id: newTaskId(at.store.now()),
      requestKey: `test:${spoiler}`,
      requester: { id: `discord:${at.ann.id}`, name: 'ann' },
      place: { platform: 'discord', chat: at.channel.id },
      locale: 'en',
      scene: spoiler ? 'a secret' : 'a lamp',
      provider: 'scripted',
      cost: 1,
      options: { motion: 5, seed: 1, duration: 5, fit: 'crop', spoiler },
      picture: { type: 'remote', ref: 'x' },
    });
  const deed = at.discord.slash({ user: at.ann, channel: at.channel, command: 'cancel' });
  const shown = JSON.stringify((await deed.answer()).components);
  expect(shown).toContain('"label":"a lamp"');
  expect(shown).toContain('"label":"a covered scene, asked for a few seconds ago"');
  expect(shown).not.toContain('a secret');
});

test('/cancel finds a clip that a hundred others were asked for after', async () => {
  await listening();
  await (await animate()).acknowledged();
  const [own] = await at.tasks();
  for (let n = 0; n < 120; n++)
    await at.store.tasks.insert({
      id: newTaskId(at.store.now()),
      requestKey: `test:${n}`,
      requester: { id: 'discord:2', name: 'bob' },
      place: { platform: 'discord', chat: at.channel.id },
      locale: 'en',
      scene: 'x',
      provider: 'scripted',
      cost: 1,
      options: { motion: 5, seed: 1, duration: 5, fit: 'crop' },
      picture: { type: 'remote', ref: 'x' },
    });
  const deed = at.discord.slash({ user: at.ann, channel: at.channel, command: 'cancel' });
  expect(await contentOf(deed)).toBe('All right. Its own message says how it ends.');
  expect((await at.store.tasks.get(own?.id ?? ''))?.requests.cancel).toBeDefined();
});

describe('a thread that was put away before the bot came', () => {
  test('is a thread all the same: its channel, and what must be allowed in it', async () => {
    at = await discordGateways();
    const parent = at.discord.channel(at.guild, { deny: P.SendMessages });
    const where = at.discord.thread({ parent, archived: true });
    await at.listen();
    expect(await contentOf(await animate({ channel: where }))).toContain('Got it');
    const [task] = await at.tasks(where);
    expect(task?.place).toMatchObject({ chat: parent.id, thread: where.id });
  });

  test('what is asked in a private thread never comes to its channel', async () => {
    await listening();
    const where = at.discord.thread({ parent: at.channel, type: ChannelType.PrivateThread });
    await (await animate({ channel: where })).acknowledged();
    const tasks = await at.store.tasks.conversation({ platform: 'discord', chat: where.id }, { limit: 1 });
    expect(tasks.map(({ place }) => place.thread)).toEqual([undefined]);
  });
});

describe('odd scenes', () => {
  test.each([['\u200b\u200b'], ['\u2066\u2069\u202e'], ['\ufeff \n']])(
    'nothing that can be seen is no scene: %j',
    async (scene) => {
      await listening();
      expect(await contentOf(await animate({ scene }))).not.toContain('Got it');
      expect(await at.tasks()).toEqual([]);
    },
  );
});

test('what joins letters stays, what turns them round goes', () => {
  expect(quoted('می\u200cخواهم 👨\u200d👩\u200d👧 \u202egnp\u2066', 100)).toBe('می\u200cخواهم 👨\u200d👩\u200d👧 gnp');
});

test('a file that a message shows twice is one picture', async () => {
  await listening();
  const file = at.discord.file(at.channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
  const message = at.discord.says(at.ann, at.channel, { attachments: [file] });
  const link = `https://media.discordapp.net/attachments/${at.channel.id}/${file.id}/cat.png?ex=1`;
  message.embeds = [
    { type: 'image', thumbnail: { url: 'https://elsewhere.example/cat.png', proxy_url: link, width: 1, height: 1 } },
  ];
  const answer = await at.discord.menu({ user: at.ann, message, command: MENU }).acknowledged();
  expect(answer.modal).toBeDefined();
});
