import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adminCommand } from '../../commands/admin/admin.ts';
import { hasRefused } from '../../commands/admin/controls.ts';
import { helpCommand } from '../../commands/help.ts';
import type { Reply } from '../../commands/reply.ts';
import { reword } from '../../commands/reword.ts';
import type { Standing } from '../../commands/settings/standing.ts';
import type { RequestOrigin } from '../../commands/table.ts';
import { messagesFor } from '../../src/messages/messages.ts';
import { usableKey } from '../../src/providers/key-parking.ts';
import { createRig, type Rig, scriptedProvider } from '../helpers/rig.ts';

const words = messagesFor('en').admin;
const OWNER = 'test:olga';

let rig: Rig;
let keys = 0;
beforeEach(async () => {
  rig = await createRig({ provider: scriptedProvider({}, ['aaaa1111', 'bbbb2222']), limits: { dailyBudget: 10 } });
});
afterEach(() => rig.close());

const origin = (id = OWNER, more: Partial<RequestOrigin> = {}): RequestOrigin => ({
  requestKey: `test:${id}:${keys++}`,
  requester: { id, name: 'Olga' },
  place: { platform: 'test', chat: 'olga' },
  locale: 'en',
  standing: { isAlone: true },
  ...more,
});
const deps = () => ({ ...rig, owners: [OWNER], platforms: ['test'] });
const admin = (given: { do?: string; what?: string } = {}, from = origin()): Promise<Reply> =>
  adminCommand.execute(from, given, deps());
const textOf = (reply: Reply): string => ('text' in reply ? reply.text : reply.type);

describe('/admin', () => {
  test('is unknown to strangers, to managers of a chat and to who writes under a shared name, and not in their help', async () => {
    const stranger = origin('test:eve');
    const shared = origin(OWNER, { requester: { id: OWNER, name: 'a channel', person: 'test:room' } });
    const manager = origin('test:eve', { standing: { isAlone: true, manages: () => true } });
    for (const from of [stranger, shared, manager])
      for (const given of [{}, { do: 'pause' }, { do: 'block', what: 'test:bob' }])
        expect(await admin(given, from)).toEqual({ type: 'refused', text: words.notYours });
    expect(await adminCommand.execute(origin(), {}, rig)).toEqual({ type: 'refused', text: words.notYours });
    expect(textOf(await helpCommand.execute(stranger, {}, deps()))).not.toContain('/admin');
    expect(textOf(await helpCommand.execute(origin(), {}, deps()))).toContain('/admin');
    expect(await rig.store.chatSettings.get({ platform: 'bot', chat: 'all' })).toEqual({ values: {}, changes: [] });
  });

  test('answers in private alone', async () => {
    expect(textOf(await admin({}, origin(OWNER, { standing: {} })))).toBe(words.inPrivate);
  });

  test('says how the bot does today', async () => {
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'delivered');
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
    const refused = await rig.ask();
    await rig.until(refused.id, 'failed');
    await rig.store.cooldowns.park('scripted:bbbb2222', 3_600_000, 'no-credits');
    const said = textOf(await admin());
    expect(said).toContain('2 clips asked for, 1 delivered, 1 failed, 0 cancelled, 0 under way');
    expect(said).toMatch(/Spent or promised today: \d credits? of 10/);
    expect(said).toContain('Failures: moderation 1');
    expect(said).toContain(`(${task.id.slice(-6)})`);
    expect(said).toContain('Key aaaa1111 (scripted): in use');
    expect(said).toContain('Key bbbb2222 (scripted): left alone for 60 min (no-credits)');
  });

  test('pauses: requests are taken and wait, their cards say so, and go on by themselves', async () => {
    expect(textOf(await admin({ do: 'pause' }))).toBe(words.paused.on);
    rig.startWorker();
    const task = await rig.ask();
    await rig.until(task.id, 'queued');
    await rig.clock.advance(10 * 60_000);
    expect(rig.provider.submits).toEqual([]);
    expect(rig.chat.cards.at(-1)?.status).toBe(messagesFor('en').status.paused);
    expect(textOf(await admin())).toContain(words.isPaused);
    expect(textOf(await admin({ do: 'resume' }))).toBe(words.paused.off);
    await rig.until(task.id, 'delivered');
    expect(textOf(await admin())).toMatch(/Olga: paused off, .*\nOlga: paused on, /);
  });

  test('a pause may be long: what waits goes on waiting, and its time counts from when it is over', async () => {
    await admin({ do: 'pause' });
    const minute = 60_000;
    rig.startWorker({ limits: { queueMaxMs: 6 * minute, deadlineMs: 60 * minute } });
    const task = await rig.ask();
    await rig.until(task.id, 'queued');
    await rig.clock.advance(8 * minute);
    expect(rig.chat.cards.at(-1)?.status).toBe(messagesFor('en').status.paused);
    for (const key of ['aaaa1111', 'bbbb2222']) await rig.store.cooldowns.park(`scripted:${key}`, 60 * minute, 'quota');
    await admin({ do: 'resume' });
    await rig.clock.advance(5 * minute);
    expect((await rig.task(task.id)).state).toBe('queued');
    await rig.until(task.id, 'failed', 2 * minute);
  });

  test('blocks a person, by number or by a task of theirs, and lets them in again', async () => {
    const task = await rig.ask('bob');
    for (const what of ['test:bob', task.id]) {
      expect((await admin({ do: 'block', what })).type).toBe('done');
      expect(textOf(await rig.request('bob'))).toBe(words.blockedPerson);
      expect((await rig.request('ann')).type).toBe('taken');
      expect(textOf(await rig.press(task, 'again', { by: 'test:bob' }))).toBe(words.blockedPerson);
      expect((await admin({ do: 'unblock', what })).type).toBe('done');
      expect((await rig.request('bob')).type).toBe('taken');
    }
    for (const what of ['Bob', 'tset:bob']) expect(textOf(await admin({ do: 'block', what }))).toBe(words.noPerson);
    expect((await admin({ do: 'block', what: '<@123>' })).type).toBe('done');
    expect(textOf(await admin())).toContain('Blocked: test:123');
  });

  test('refuses words before anything is spent, also where a request that waits is edited', async () => {
    const task = await rig.ask();
    expect((await admin({ do: 'refuse', what: ' Waves ' })).type).toBe('done');
    expect(textOf(await rig.request())).toBe(words.refusedScene);
    const wanted = { task, scene: 'no WAVES', options: {}, locale: 'en' };
    expect(await reword(wanted, { ...rig, pause: async () => {} })).toMatchObject({ outcome: 'refused' });
    expect(rig.provider.submits).toEqual([]);
    await admin({ do: 'allow', what: 'waves' });
    expect((await rig.request()).type).toBe('taken');
    expect(textOf(await admin({ do: 'refuse', what: ' ' }))).toBe(words.noWord(60));
  });

  test('of somebody who is blocked, and of words that are refused, nothing that waits is begun or paid', async () => {
    await admin({ do: 'pause' });
    const tasks = [await rig.ask('bob'), await rig.ask('ann')];
    await admin({ do: 'block', what: 'test:bob' });
    await admin({ do: 'resume' });
    rig.startWorker();
    const [ofBob, ofAnn] = tasks.map(({ id }) => id);
    await rig.until(ofBob ?? '', 'cancelled');
    await rig.until(ofAnn ?? '', 'delivered');
    await admin({ do: 'pause' });
    const waiting = await rig.ask('ann');
    await admin({ do: 'refuse', what: 'waves' });
    await admin({ do: 'resume' });
    await rig.until(waiting.id, 'cancelled');
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('stops any task, and makes one anew for whom it was, where it was', async () => {
    const task = await rig.ask('bob');
    expect((await admin({ do: 'stop', what: task.id })).type).toBe('done');
    rig.startWorker();
    await rig.until(task.id, 'cancelled');
    const from = origin();
    const reply = await admin({ do: 'retry', what: task.id }, from);
    expect(reply).toEqual({ type: 'done', text: words.retried('Anna') });
    // Told again it is the same.
    expect(await admin({ do: 'retry', what: task.id }, from)).toEqual(reply);
    const [made, ...others] = (await rig.store.tasks.since(0, 10)).filter(({ id }) => id !== task.id);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ requester: task.requester, place: { chat: 'room' }, from: task.id });
    if (made) await rig.until(made.id, 'delivered');
    for (const deed of ['stop', 'retry']) expect(textOf(await admin({ do: deed, what: 'x' }))).toBe(words.noTask);
  });

  test('tells by short ids what is under way and what failed, which orders take', async () => {
    const task = await rig.ask('bob');
    const [short, told] = [task.id.slice(-6), `${task.id.slice(-6)} “waves roll in” for test:bob`];
    expect(textOf(await admin())).toContain(`Under way, the oldest: ${told}`);
    expect((await admin({ do: 'block', what: short })).type).toBe('done');
    expect(textOf(await admin())).toContain('Blocked: test:bob');
    expect((await admin({ do: 'stop', what: short })).type).toBe('done');
    expect((await rig.task(task.id)).requests.cancel).toBeDefined();
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
    rig.startWorker();
    const failed = await rig.ask('ann');
    await rig.until(failed.id, 'failed');
    expect(textOf(await admin())).toContain(`Failed last: ${failed.id.slice(-6)} “waves`);
  });

  test('makes one anew by the settings of its chat, not by those of where that is said', async () => {
    rig.startWorker();
    const task = await rig.ask('bob');
    await rig.until(task.id, 'delivered');
    const by = { id: 'test:mia', name: 'Mia' };
    const set = (chat: string, value: unknown) =>
      rig.store.chatSettings.change({ platform: 'test', chat }, { name: 'isOn', value, by, at: 0 });
    await set('olga', false);
    expect((await admin({ do: 'retry', what: task.id })).type).toBe('done');
    await set('room', false);
    expect(await admin({ do: 'retry', what: task.id })).toMatchObject({ type: 'refused' });
  });

  test('makes one anew only where its person still has a role that the chat asks for, in a channel of its own', async () => {
    rig.startWorker();
    const task = await rig.ask('bob');
    await rig.until(task.id, 'delivered');
    const by = { id: 'test:mia', name: 'Mia' };
    const set = (name: string, value: unknown) =>
      rig.store.chatSettings.change({ platform: 'test', chat: 'room' }, { name, value, by, at: 0 });
    await set('roles', ['crew']);
    await set('channels', ['deck']);
    const retried = async (standing: Standing | undefined) =>
      textOf(
        await adminCommand.execute(
          origin(),
          { do: 'retry', what: task.id },
          { ...deps(), standingIn: async () => standing },
        ),
      );
    const { notHere, noRole } = messagesFor('en').settings;
    expect(await retried(undefined)).toBe(words.noStanding);
    expect(await retried({ roles: ['crew'], channels: ['room'] })).toBe(notHere);
    expect(await retried({ roles: ['cook'], channels: ['deck'] })).toBe(noRole);
    expect(await retried({ roles: ['cook', 'crew'], channels: ['plank', 'deck'] })).toBe(words.retried('Anna'));
  });

  test('tells in one message what is on lists of any length, and how much more there is', async () => {
    const long = (n: number) => `word ${n} ${'x'.repeat(50)}`;
    await rig.close();
    const keys = Array.from({ length: 40 }, (_, n) => `key${String(n).padStart(5, '0')}`);
    rig = await createRig({ provider: scriptedProvider({}, keys), limits: { dailyBudget: 10 } });
    const named = origin(OWNER, { requester: { id: OWNER, name: 'Olga'.repeat(40) } });
    for (let n = 0; n < 30; n++) await admin({ do: 'refuse', what: long(n) }, named);
    for (let n = 0; n < 60; n++) await admin({ do: 'block', what: `test:person${n}` }, named);
    await rig.store.cooldowns.park('scripted:key00033', 3_600_000, 'owner');
    const said = textOf(await admin());
    expect(said.length).toBeLessThan(2_000);
    expect(said).toMatch(/Blocked: test:person0, .* and \d+ more\n/);
    expect(said).toMatch(/Refused words: word 0 .* and 27 more/);
    expect(said).toMatch(/Key key00033 \(scripted\): left alone/);
    const shown = said.split('\n').filter((line) => line.startsWith('Key ')).length;
    expect(said).toContain(words.moreKeys(40 - shown));
  });

  test('leaves a key alone, and frees it', async () => {
    const usable = async () => (await usableKey(rig.provider, rig.store.cooldowns))?.key;
    expect((await admin({ do: 'park', what: 'aaaa' })).type).toBe('done');
    expect(await usable()).toBe('bbbb2222');
    expect((await admin({ do: 'free', what: 'AAAA1111' })).type).toBe('done');
    expect(await usable()).toBe('aaaa1111');
    for (const what of ['', 'aaa', 'cccc3333']) expect(textOf(await admin({ do: 'park', what }))).toBe(words.noKey);
  });
});

test.each([
  ['a Gun fires', ['gun'], true],
  ['the begun day', ['gun'], false],
  ['gun.', ['gun'], true],
  ['a (bad word) here', ['bad word'], true],
  ['a.b', ['a*b'], false],
  ['ＧＵＮ', ['gun'], true],
  ['𝐆𝐔𝐍', ['gun'], true],
  ['a g\u00adu\u200bn', ['gun'], true],
  ['a bad  \n word', ['bad word'], true],
  ['海に銃がある', ['銃'], true],
  ['Оружие там', ['оружие'], true],
  ['', ['gun'], false],
])('whether "%s" has one of %j: %j', (scene, refused, expected) => {
  expect(hasRefused(scene, refused)).toBe(expected);
});
