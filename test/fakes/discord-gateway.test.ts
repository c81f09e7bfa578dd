import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { spawnDiscord } from './child.ts';
import { type DiscordOptions, startDiscord } from './discord/discord.ts';
import { CANCEL_CARD, COMMANDS, caller, SMALL_PNG } from './discord-scenery.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Payload {
  op: number;
  t?: string;
  s?: number;
  d: { session_id?: string; guilds?: unknown[]; id?: string; token?: string };
}

/** A bare connection that keeps what comes in. */
async function connect(url: string) {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  closers.push(() => socket.terminate());
  const waiting: ((payload: Payload) => void)[] = [];
  const arrived: Payload[] = [];
  socket.on('message', (data) => {
    const payload: Payload = JSON.parse(String(data));
    const next = waiting.shift();
    if (next) next(payload);
    else arrived.push(payload);
  });
  const closed = once(socket, 'close').then(([code]: number[]) => code);
  const next = () => {
    const here = arrived.shift();
    return here ? Promise.resolve(here) : new Promise<Payload>((resolve) => waiting.push(resolve));
  };
  expect((await next()).op).toBe(10);
  return { socket, next, closed, say: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })) };
}

async function stage(options: DiscordOptions = {}) {
  const discord = await startDiscord(options);
  closers.push(discord.close);
  const told = await caller(discord)('GET', '/gateway/bot');
  const { url } = told.body as { url: string };
  const me = { token: discord.token, intents: 1, properties: {} };
  return { discord, url, me };
}

test.each([
  ['a wrong token', {}, { token: 'wrong' }, 4004],
  ['intents that nobody granted', {}, { intents: 1 | (1 << 15) }, 4014],
  ['a shard beyond their number', {}, { shard: [1, 1] }, 4010],
  ['fewer shards than are required', { shards: 2 }, {}, 4011],
  ['no intents at all', {}, { intents: undefined }, 4002],
])('%s closes the connection', async (_, gateway, wrong, code) => {
  const { discord, url, me } = await stage({ gateway });
  const { say, closed } = await connect(url);
  say(2, { ...me, ...wrong });
  expect(await closed).toBe(code);
  expect(discord.report().gateway.closes).toEqual([code]);
});

test('of reactions a bot hears only with the intent for them, and of one that is taken back not whose message it was', async () => {
  const { discord, url, me } = await stage();
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user();
  discord.join(guild, ann);
  const message = discord.says(ann, channel, { content: 'a clip' });
  const [deaf, hearing] = [await connect(url), await connect(url)];
  deaf.say(2, me);
  hearing.say(2, { ...me, intents: 1 | (1 << 10) });
  for (const each of [deaf, hearing]) for (const t of ['READY', 'GUILD_CREATE']) expect((await each.next()).t).toBe(t);
  discord.react(ann, message, '⭐');
  discord.react(ann, message, '⭐', { isOn: false });
  discord.archive(discord.thread({ parent: channel }));
  const given = await hearing.next();
  expect(given).toMatchObject({ t: 'MESSAGE_REACTION_ADD', d: { message_author_id: ann.id, emoji: { name: '⭐' } } });
  const taken = await hearing.next();
  expect(taken.t).toBe('MESSAGE_REACTION_REMOVE');
  expect(taken.d).not.toHaveProperty('message_author_id');
  expect((await deaf.next()).t).toBe('THREAD_CREATE');
});

test('heartbeats are answered, and who is not known is sent away', async () => {
  const { url, me } = await stage();
  const { say, next, closed } = await connect(url);
  say(1, null);
  expect((await next()).op).toBe(11);
  say(3, {});
  expect(await closed).toBe(4003);
  const other = await connect(url);
  other.say(2, me);
  expect((await other.next()).t).toBe('READY');
  other.say(2, me);
  expect(await other.closed).toBe(4005);
});

test('a resume replays what was missed, in order and once; a stranger to it must start anew', async () => {
  const { discord, url, me } = await stage();
  const guild = discord.guild();
  const first = await connect(url);
  first.say(2, me);
  const ready = await first.next();
  expect(ready.d.guilds).toEqual([{ id: guild.id, unavailable: true }]);
  expect(await first.next()).toMatchObject({ t: 'GUILD_CREATE', s: 2, d: { id: guild.id } });
  discord.gateway.drop();
  await first.closed;
  const ids = [discord.channel(guild).id, discord.channel(guild).id];

  const second = await connect(url);
  second.say(6, { token: discord.token, session_id: ready.d.session_id, seq: 2 });
  const replayed = [await second.next(), await second.next(), await second.next()];
  expect(replayed.map(({ t, s }) => [t, s])).toEqual([
    ['CHANNEL_CREATE', 3],
    ['CHANNEL_CREATE', 4],
    ['RESUMED', 5],
  ]);
  expect(replayed.slice(0, 2).map(({ d }) => d.id)).toEqual(ids);

  const third = await connect(url);
  third.say(6, { token: discord.token, session_id: 'unheard-of', seq: 2 });
  expect(await third.next()).toMatchObject({ op: 9, d: false });
});

test('in a process of its own it takes orders by HTTP, and tells what happened', async () => {
  const discord = await spawnDiscord({ rules: { uploadLimit: 1000 } });
  closers.push(discord.close);
  const call = caller(discord);
  const { body: app } = await call('GET', '/applications/@me');
  await call('PUT', `/applications/${(app as { id: string }).id}/commands`, COMMANDS);
  const [user, guild] = [await discord.make({ do: 'user', name: 'ann' }), await discord.make({ do: 'guild' })];
  await discord.tell({ do: 'join', guild, user });
  const channel = await discord.make({ do: 'channel', guild });

  const { url } = (await call('GET', '/gateway/bot')).body as { url: string };
  const { say, next } = await connect(url);
  say(2, { token: discord.token, intents: 1, properties: {} });
  for (const event of ['READY', 'GUILD_CREATE']) expect((await next()).t).toBe(event);
  await discord.tell({ do: 'ready' });
  const slash = { do: 'slash', user, channel, command: 'animate', options: { scene: 'waves' } } as const;
  await expect(discord.tell(slash)).rejects.toThrow('needs picture');
  const attachment = { base64: SMALL_PNG.toString('base64'), name: 'cat.png' };
  const interaction = await discord.make({ ...slash, attachment });
  const { d } = await next();
  expect(d.id).toBe(interaction);
  await call('POST', `/interactions/${d.id}/${d.token}/callback`, { type: 4, data: CANCEL_CARD });
  const ack = (await discord.tell({ do: 'acknowledged', interaction })) as { messageId: string };
  const press = await discord.make({ do: 'press', user, message: ack.messageId, which: 'Cancel' });
  expect((await next()).d.id).toBe(press);

  const clips = discord.tell({ do: 'clips', atLeast: 1 });
  const sent = await call('POST', `/channels/${channel}/messages`, {}, [
    { name: 'clip.mp4', bytes: Buffer.alloc(1000) },
  ]);
  expect(await clips).toEqual([sent.id]);
  expect((await discord.report()).messages.map(({ files }) => files.map(({ size }) => size))).toEqual([[], [1000]]);
});
