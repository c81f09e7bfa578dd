import { PermissionFlagsBits as P } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { actions } from '../../../commands/index.ts';
import type { Card, Ledger, Outgoing } from '../../../src/chat/chat.ts';
import { createApi } from '../../../src/chat/discord/api/rest.ts';
import { createMessenger } from '../../../src/chat/discord/send/messenger.ts';
import { createPictures } from '../../../src/chat/discord/send/pictures.ts';
import { createRecentRefusals } from '../../../src/chat/discord/send/recent-refusals.ts';
import { cardOf } from '../../../src/chat/kit/card-view.ts';
import type { Task } from '../../../src/task/task.ts';
import { newTaskId } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type DiscordOptions, startDiscord } from '../../fakes/discord/discord.ts';
import type { Channel } from '../../fakes/discord/world.ts';
import { isClip } from '../../helpers/discord.ts';
import { someTask } from '../../helpers/task.ts';

const MB = 1024 * 1024;
const SIGNAL = new AbortController().signal;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The messenger alone, with a stand-in Discord, on tasks that exist here only. */
async function stand(options: DiscordOptions & { bytes?: number; read?: () => AsyncIterable<Uint8Array> } = {}) {
  const discord = await startDiscord(options);
  closers.push(discord.close);
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const ann = discord.user({ name: 'ann' });
  discord.join(guild, ann);
  const api = createApi({ apiUrl: discord.api, token: discord.token, clock: systemClock });
  const pictures = createPictures({ cdnUrl: discord.cdn });
  closers.push(api.close);
  const limits: number[] = [];
  const clip = (bytes: number) => ({
    bytes,
    size: { width: 1280, height: 720 },
    durationMs: 5_000,
    read: options.read ?? (() => chunks(bytes)),
  });
  const messenger = createMessenger({
    api,
    recentRefusals: createRecentRefusals(systemClock),
    pictures,
    clock: systemClock,
    reply: 'thread',
    files: {
      thumbnail: async () => undefined,
      sheet: async () => new Uint8Array(),
      lastFrame: async () => undefined,
      clipWithin: async (_task, maxBytes) => {
        limits.push(maxBytes);
        return clip(Math.min(options.bytes ?? 1_000, maxBytes - 1));
      },
    },
  });

  const taskIn = (where: Channel = channel, state: Task['state'] = 'delivering'): Task => {
    const now = discord.now();
    return someTask(state, {
      id: newTaskId(now),
      requester: { id: `discord:${ann.id}`, name: 'ann' },
      place: { platform: 'discord', chat: where.id, community: guild.id },
      at: { received: now, [state]: now },
    });
  };
  const outgoing = (task: Task): Outgoing => ({
    kind: 'clip',
    text: task.scene,
    facts: [],
    buttons: cardOf({ ...task, state: 'delivered' }, discord.now(), { actions }).buttons,
    clip: clip(options.bytes ?? 1_000),
    card: cardOf(task, discord.now(), { actions }),
  });
  return {
    discord,
    guild,
    channel,
    ann,
    messenger,
    limits,
    taskIn,
    show: (task: Task, ledger: Ledger, card: Card = cardOf(task, discord.now(), { actions })) =>
      messenger.showCard(task, card, ledger, SIGNAL),
    send: (task: Task, ledger: Ledger) => messenger.send(task, outgoing(task), ledger, SIGNAL),
    shown: ({ id }: { id: string }) => discord.messages({ id }).filter(({ authorId }) => authorId === discord.botId),
  };
}

/** What a store would keep. */
function ledgerOf(sent: Record<string, string> = {}, doubtful = false): Ledger & { sent: Record<string, string> } {
  return {
    sent,
    doubtful,
    reread: async () => sent,
    async record(kind, id) {
      sent[kind] ??= id;
      return sent[kind];
    },
  };
}

async function* chunks(bytes: number): AsyncIterable<Uint8Array> {
  for (let left = bytes; left > 0; left -= 64 * 1024) yield Buffer.alloc(Math.min(left, 64 * 1024), 1);
}

test.each(['gif', 'webp'] as const)(
  'a clip that is shown as %s is a file of its own, in its place alone',
  async (format) => {
    const { discord, send, taskIn, shown, channel, ann } = await stand();
    const task = { ...taskIn(), shows: 'a'.repeat(24), format };
    expect(await send(task, ledgerOf())).toEqual({ outcome: 'shown' });
    const [message, ...others] = shown(channel);
    expect(others).toEqual([]);
    expect(message?.attachments).toMatchObject([
      { filename: `kinora-${task.id.slice(-8)}.${format}`, contentType: `image/${format}` },
    ]);
    // Where its place takes nothing, nobody else gets it.
    discord.deny(channel, P.SendMessages);
    expect(await send({ ...task, id: newTaskId(discord.now() + 1) }, ledgerOf())).toMatchObject({ outcome: 'shut' });
    expect(shown(discord.dm(ann))).toEqual([]);
  },
);

describe('a clip that is too large', () => {
  test.each(['html', 'json'] as const)('is made smaller once, where Discord says so (%s)', async (tooLarge) => {
    const { discord, send, taskIn, limits } = await stand({
      bytes: 11 * MB,
      rules: { uploadLimit: 10 * MB, tooLarge },
    });
    expect(await send(taskIn(), ledgerOf())).toEqual({ outcome: 'shown' });
    expect(limits).toEqual([20 * MB, 10 * MB]);
    expect(discord.clips().filter(isClip)).toHaveLength(1);
  });
});

test('at most four uploads go on at once', async () => {
  let open = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  async function* slow(): AsyncIterable<Uint8Array> {
    open++;
    most = Math.max(most, open);
    await new Promise<void>((resolve) => gates.push(resolve));
    yield* chunks(1_000);
    open--;
  }
  const { send, taskIn, discord, guild } = await stand({ read: slow });
  const sending = Array.from({ length: 7 }, () => send(taskIn(discord.channel(guild)), ledgerOf()));
  await expect.poll(() => gates.length).toBe(4);
  while (discord.clips().filter(isClip).length < 7) {
    gates.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await Promise.all(sending)).map(({ outcome }) => outcome)).toEqual(Array(7).fill('shown'));
  expect(most).toBe(4);
});

describe('after an outcome that nobody knows', () => {
  test.each([
    ['no answer', { how: 'reset', when: 'worked' }],
    ['an answer that means nothing', { how: 'garbage' }],
    ['an error that may have come after the work', { how: 'status', status: 502, worked: true }],
    ['half an answer', { how: 'cut' }],
  ] as const)('it is looked for and not sent again: %s', async (_what, fault) => {
    const { discord, send, show, taskIn } = await stand();
    const task = taskIn();
    const ledger = ledgerOf();
    await show({ ...task, state: 'rendering' }, ledger);
    discord.misbehave('createMessage', fault);
    expect((await send(task, ledger)).outcome).toBe('unknown');
    discord.forgetNonces();
    expect(await send(task, { ...ledger, doubtful: true })).toEqual({ outcome: 'shown' });
    const [clip, ...others] = discord.clips().filter(isClip);
    expect(others).toEqual([]);
    expect(ledger.sent.clip).toBe(`${clip?.channelId}/${clip?.id}`);
  });

  test('where reading is refused, the next place takes it', async () => {
    const { discord, send, show, taskIn, channel, ann, shown } = await stand();
    const task = taskIn();
    const ledger = ledgerOf();
    await show({ ...task, state: 'rendering' }, ledger);
    discord.deny(channel, P.ReadMessageHistory, P.CreatePublicThreads);
    expect(await send(task, { ...ledger, doubtful: true })).toEqual({ outcome: 'shown' });
    expect(shown(discord.dm(ann)).filter(isClip)).toHaveLength(1);
    expect(shown(channel).filter(isClip)).toEqual([]);
  });

  test('it was shown and deleted meanwhile: it is not sent again', async () => {
    const { discord, send, taskIn } = await stand();
    const task = taskIn();
    const ledger = ledgerOf();
    discord.misbehave('createMessage', 'well', { how: 'reset', when: 'worked' });
    expect((await send(task, ledger)).outcome).toBe('unknown');
    for (const clip of discord.clips().filter(isClip)) discord.removeMessage(clip);
    expect(await send(task, { ...ledger, doubtful: true })).toEqual({ outcome: 'shown' });
    expect(discord.clips().filter(isClip)).toEqual([]);
  });

  test('no connection at all is no doubt', async () => {
    const { discord, send, taskIn } = await stand();
    await discord.close();
    closers.shift();
    expect((await send(taskIn(), ledgerOf())).outcome).toBe('retry');
  });
});

describe('the card of a clip in a thread', () => {
  test.each([
    ['shows it', [], true],
    ['links to it, where Discord does not take it in', [{ code: 50035, message: 'Invalid Form Body' }], false],
  ])('%s', async (_what, refusals, isShown) => {
    const { discord, send, show, taskIn, shown, channel } = await stand();
    const task = taskIn();
    const ledger = ledgerOf();
    await show({ ...task, state: 'rendering' }, ledger);
    await send(task, ledger);
    for (const body of refusals) discord.misbehave('editMessage', { how: 'status', status: 400, body });
    expect(await show({ ...task, state: 'delivered' }, ledger)).toEqual({ outcome: 'shown' });
    const card = JSON.stringify(shown(channel)[0]?.components);
    expect(card).toContain(`/${ledger.sent.clip})`);
    expect(card.includes(`"url":"${discord.cdn}`)).toBe(isShown);
  });
});

test('whoever loses the record takes its own message away', async () => {
  const { discord, send, show, taskIn, channel, shown } = await stand();
  const task = taskIn();
  const ledger = ledgerOf();
  await show({ ...task, state: 'rendering' }, ledger);
  const other = { ...ledger, sent: { ...ledger.sent }, record: async () => '1234567890123456789/1234567890123456789' };
  expect(await send(task, other)).toEqual({ outcome: 'shown' });
  expect(discord.clips().filter(isClip)).toEqual([]);
  expect(shown(channel)).toHaveLength(1);
});

describe('what would get the bot’s address banned is not done', () => {
  test.each([
    ['the token is refused', { how: 'status', status: 401, body: { code: 0, message: '401: Unauthorized' } }],
    ['the wall before Discord turns it away', { how: 'status', status: 403, body: 'error code: 1015' }],
  ] as const)('%s: nothing is called for a while', async (_what, fault) => {
    const { discord, show, taskIn } = await stand();
    discord.misbehave('createMessage', fault);
    const task = taskIn(undefined, 'rendering');
    const first = await show(task, ledgerOf());
    expect(first).toMatchObject({ outcome: 'retry' });
    const calls = discord.report().requests.length;
    const again = await show(task, ledgerOf());
    expect(again).toMatchObject({ outcome: 'retry', retryAfterMs: expect.any(Number) });
    expect(discord.report().requests).toHaveLength(calls);
  });

  test('a channel that refuses is left alone for a minute, whatever is to be shown in it', async () => {
    const { discord, show, taskIn, channel } = await stand();
    discord.deny(channel, P.SendMessages);
    for (let n = 0; n < 10; n++)
      expect((await show(taskIn(channel, 'rendering'), ledgerOf())).outcome).toBe('impossible');
    expect(discord.report().requests.filter(({ status }) => status === 403)).toHaveLength(1);
  });
});

describe('a picture', () => {
  test.each([
    ['from elsewhere', 'https://elsewhere.example/cat.png'],
    ['from this machine', 'http://127.0.0.1:1/cat.png'],
    ['from Discord, but without https', 'http://cdn.discordapp.com/cat.png'],
    ['from what only looks like Discord', 'https://cdn.discordapp.com.example/cat.png'],
    ['by another port', 'https://cdn.discordapp.com:8443/cat.png'],
    ['from no address', 'cat.png'],
  ])('%s is not fetched', async (_what, url) => {
    const { messenger } = await stand();
    expect(await messenger.openPicture?.(url, SIGNAL)).toEqual({ outcome: 'gone', reason: 'not at Discord' });
  });

  test('whose link has run out, or leads elsewhere, is gone; a hiccup is not', async () => {
    const { discord, messenger } = await stand();
    const open = () => messenger.openPicture?.(`${discord.cdn}/attachments/1/2/cat.png`, SIGNAL);
    expect(await open()).toMatchObject({ outcome: 'gone' });
    discord.misbehave('cdn', { how: 'status', status: 302, location: 'http://127.0.0.1:1/' });
    expect(await open()).toMatchObject({ outcome: 'gone' });
    discord.misbehave('cdn', { how: 'status', status: 503 });
    expect(await open()).toMatchObject({ outcome: 'later' });
  });
});
