import { Api as Grammy } from 'grammy';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdmission } from '../../commands/admission.ts';
import { animate } from '../../commands/animate.ts';
import { actions } from '../../commands/index.ts';
import type { Messenger } from '../../src/chat/chat.ts';
import type { Api, DiscordCall, DiscordResult } from '../../src/chat/discord/api/rest.ts';
import { createMessenger as createDiscordMessenger } from '../../src/chat/discord/send/messenger.ts';
import { createPictures } from '../../src/chat/discord/send/pictures.ts';
import { createRecentRefusals } from '../../src/chat/discord/send/recent-refusals.ts';
import { createCardView } from '../../src/chat/kit/card-view.ts';
import type { TaskFiles } from '../../src/chat/kit/task-files.ts';
import type { Telegram } from '../../src/chat/telegram/api/api.ts';
import { createMessenger as createTelegramMessenger } from '../../src/chat/telegram/send/messenger.ts';
import { createPoster } from '../../src/chat/telegram/send/post.ts';
import { createSendThrottle } from '../../src/chat/telegram/send/send-throttle.ts';
import { createFeed } from '../../src/chat/web/feed.ts';
import { createWebMessenger } from '../../src/chat/web/messenger.ts';
import { createViewer } from '../../src/chat/web/viewer.ts';
import { DIRECT } from '../../src/net/network.ts';
import type { Provider } from '../../src/providers/provider.ts';
import type { Task } from '../../src/task/task.ts';
import { collect } from '../bench/collect.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

/** An hour on a test's clock, of ten requests a second, as a bot for all would have: a minute and a half on two cores. */
const MINUTES = 60;
const PER_SECOND = 10;
/** A service that is slow for that: it makes fewer than half of the clips. */
const SLOTS = 4 * PER_SECOND;
const RENDER_MS = 60_000;
const SECOND_MS = 1_000;
/** A look for work costs the same however much waits: fewer of them, so that the test is about what waits. */
const TICK_MS = 2 * SECOND_MS;

/** What a process holds: cards that wait for their turn, runs, and the loops. */
const MOST_SLEEPING = 1_000 + 32 + 20;
/** On the heap for each task that waits, most of which is this test's own books. */
const MOST_BYTES_EACH = 1_000;

let rig: Rig;
beforeAll(async () => {
  rig = await createRig({ provider: service() });
});
afterAll(() => rig.close());

/** Jobs take a minute, and are remembered by nobody: when each is ready stands in its id. */
function service(): ReturnType<typeof scriptedProvider> {
  const provider = scriptedProvider({ paid: false, concurrency: SLOTS, minPollMs: 5 * SECOND_MS });
  let jobs = 0;
  const calls: Pick<Provider, 'submit' | 'poll'> = {
    submit: async () => ({ outcome: 'accepted', jobId: `${++jobs}-${rig.clock.now() + RENDER_MS}` }),
    poll: async (jobId) => (rig.clock.now() < Number(jobId.split('-')[1]) ? { outcome: 'rendering' } : succeeded()),
  };
  return Object.assign(provider, calls);
}

/** Telegram, which takes everything; the real sender keeps to its limits. */
function telegram(files: TaskFiles): Messenger {
  const { clock } = rig;
  let messages = 0;
  const api = new Grammy('1:a-bot-that-calls-nobody-at-all');
  api.config.use(async (_call, method, payload) => {
    const chat = { id: Number('chat_id' in payload ? payload.chat_id : 0), type: 'private' };
    const message = { message_id: ++messages, date: 0, chat, video: { file_id: `file-${messages}` } };
    const result: unknown =
      method === 'getMe' ? { supports_inline_queries: false } : /^(send|edit)/.test(method) ? message : true;
    return JSON.parse(JSON.stringify({ ok: true, result }));
  });
  type Signal = NonNullable<Parameters<Grammy['getMe']>[0]>;
  const isSignal = (given: unknown): given is Signal => given instanceof AbortSignal;
  const tg: Telegram = {
    async call(work, { signal = new AbortController().signal } = {}) {
      if (!isSignal(signal)) throw new TypeError('no signal');
      return { outcome: 'done', result: await work(api, signal) };
    },
  };
  const poster = createPoster({ tg, throttle: createSendThrottle({ clock, perSecond: 30 }), clock });
  const config = { token: '', apiRoot: '', webhook: false, confirms: false, gallery: undefined, perSecond: 30 };
  const log = pino({ level: 'silent' });
  return createTelegramMessenger({
    ...{ platform: 'telegram', tg, poster, files, clock, log, config, network: DIRECT },
    knownFile: async () => undefined,
    canShare: async () => false,
  });
}

/** Discord with its limits: five messages and five edits in five seconds a channel, fifty calls a second. */
function discord(files: TaskFiles): Messenger {
  const { clock } = rig;
  const limits = new Map<string, { left: number; until: number }>();
  const posted = new Map<string, string>();
  let ids = 0;

  function limitedMs(name: string, most: number, perMs: number): number {
    const now = clock.now();
    const known = limits.get(name);
    const bucket = known && known.until > now ? known : { left: most, until: now + perMs };
    limits.set(name, bucket);
    if (bucket.left === 0) return bucket.until - now;
    bucket.left--;
    return 0;
  }
  async function call({ method, path, body }: DiscordCall): Promise<DiscordResult> {
    const wait = limitedMs('global', 50, SECOND_MS) || limitedMs(`${method} ${path.split('/')[2]}`, 5, 5 * SECOND_MS);
    if (wait > 0) return { outcome: 'retry', reason: '429', retryAfterMs: wait, limited: 'turn' };
    if (method === 'GET') return { outcome: 'done', value: [] };
    const nonce = body && 'nonce' in body ? String(body.nonce) : `none-${ids}`;
    const id = posted.get(nonce) ?? String(10n ** 17n + BigInt(++ids));
    if (method === 'POST') posted.set(nonce, id);
    return { outcome: 'done', value: { id, components: [] } };
  }
  const api: Api = { call, isBusy: () => (limits.get('global')?.left ?? 50) < 10, close: async () => {} };
  return createDiscordMessenger({
    ...{ api, files, clock, recentRefusals: createRecentRefusals(clock), pictures: createPictures({}) },
    reply: 'reply',
  });
}

test('an hour of more than its service can make: what waits is on record alone, nothing is dropped or doubled, and each refusal has words', async () => {
  const { clock, store, provider } = rig;
  const png = await tinyPng();
  const files: TaskFiles = {
    thumbnail: async () => undefined,
    sheet: async () => png,
    lastFrame: async () => undefined,
    clipWithin: async ({ clip }) => clip && { ...clip, read: async function* () {} },
  };
  const cardView = createCardView({ store, providers: [provider], actions });
  const feed = createFeed({ boot: 'hour' });
  const web = createWebMessenger({ feed, viewer: createViewer({ store, cardView, actions }), files });
  /** Clips by task, as often as each was shown. */
  const shown = new Map<string, number>();
  const counting = (messenger: Messenger): Messenger => ({
    ...messenger,
    openPicture: async () => ({ outcome: 'open', bytes: one(png) }),
    async send(task, message, ledger, signal) {
      const sent = await messenger.send(task, message, ledger, signal);
      if (sent.outcome === 'shown' && message.kind === 'clip') shown.set(task.id, (shown.get(task.id) ?? 0) + 1);
      return sent;
    },
  });
  rig.startWorker({
    tickMs: TICK_MS,
    cardView,
    messengers: [counting(telegram(files)), counting(discord(files)), counting(web)],
  });

  const limits = { allow: ['*'], maxWaitingPerPerson: 5, maxWaitingPerChat: 50 };
  const admission = createAdmission({ store, providers: [provider], limits, privatePlatforms: ['web'], clock });
  const deps = { ...rig, admission };
  const refusals = new Map<string, number>();
  const taken: Task['id'][] = [];
  let asked = 0;
  async function ask(n: number): Promise<void> {
    const { person, ...place } = whereabouts(n);
    const picture = place.platform === 'web' ? png : { ref: `picture-${n}`, declared: {} };
    const reply = await animate(
      {
        ...{ requestKey: `${place.platform}:${n}`, requester: { id: person, name: 'Ann' }, place, locale: 'en' },
        ...{ scene: `waves roll in, number ${n}`, options: {}, picture },
      },
      deps,
    );
    asked++;
    if (reply.type === 'taken') taken.push(reply.task.id);
    else if (reply.type === 'refused') refusals.set(reply.text, (refusals.get(reply.text) ?? 0) + 1);
    else throw new Error(`${reply.type} is no answer`);
  }

  let mostSleeping = 0;
  const heap: { tasks: number; bytes: number }[] = [];
  for (let minute = 1; minute <= MINUTES; minute++) {
    for (let second = 0; second < 60; second++) {
      await Promise.all(Array.from({ length: PER_SECOND }, (_, n) => ask(asked + n)));
      await clock.advance(SECOND_MS);
      mostSleeping = Math.max(mostSleeping, clock.sleeping());
    }
    if (minute % (MINUTES / 6) > 0) continue;
    collect();
    heap.push({ tasks: taken.length, bytes: process.memoryUsage().heapUsed });
  }

  expect(asked).toBe(MINUTES * 60 * PER_SECOND);
  expect(mostSleeping).toBeLessThanOrEqual(MOST_SLEEPING);
  const [early, late] = [heap[1], heap.at(-1)];
  if (!early || !late) throw new Error('nobody looked');
  expect((late.bytes - early.bytes) / (late.tasks - early.tasks)).toBeLessThan(MOST_BYTES_EACH);

  // Each request is on record or was refused in a sentence, and each clip was shown once.
  expect([...refusals.keys()].every((text) => /^[A-Z].*\.$/s.test(text))).toBe(true);
  // Of a person, and of a chat.
  expect(refusals.size).toBe(2);
  const refused = [...refusals.values()].reduce((sum, n) => sum + n, 0);
  expect(taken.length + refused).toBe(asked);
  const states = new Map<string, number>();
  let onRecord = 0;
  for await (const { task } of store.dump.entries('task')) {
    onRecord++;
    states.set(task.state, (states.get(task.state) ?? 0) + 1);
    expect(shown.get(task.id) ?? 0).toBe(task.state === 'delivered' ? 1 : 0);
  }
  expect(onRecord).toBe(taken.length);
  if (process.env.SHOW_LOG) console.log({ states, refusals, mostSleeping, heap });
  expect(states.get('failed')).toBeUndefined();
  expect(states.get('cancelled')).toBeUndefined();
  // The service was busy all the time.
  expect(states.get('delivered')).toBeGreaterThan(0.9 * SLOTS * (MINUTES - 2));
  expect(rig.errors).toEqual([]);
}, 600_000);

/** Who asks, and where: half of them on Telegram, most of the others on Discord; one in ten again and again. */
function whereabouts(n: number): { platform: string; chat: string; community?: string; person: string } {
  const one = Math.floor(n / 10);
  switch (n % 10) {
    case 0:
      return { platform: 'web', chat: 'main', person: `web:${one % 500}` };
    case 1:
      return { platform: 'telegram', chat: `${one % 20}`, person: `telegram:${one % 20}` };
    case 2:
    case 3:
    case 4:
    case 5: {
      const channel = String(10n ** 17n + BigInt(n % 37));
      return { platform: 'discord', chat: channel, community: `${n % 31}`, person: `discord:${n % 4_001}` };
    }
    default:
      return { platform: 'telegram', chat: `${1_000 + (n % 7_001)}`, person: `telegram:${1_000 + (n % 7_001)}` };
  }
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
