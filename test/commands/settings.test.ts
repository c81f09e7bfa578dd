import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { againAction } from '../../commands/again.ts';
import { animateCommand } from '../../commands/animate.ts';
import type { Reply, SettingField } from '../../commands/reply.ts';
import { SETTING_NAMES } from '../../commands/settings/rows.ts';
import { changeSetting, openSettings, settingsCommand } from '../../commands/settings/settings.ts';
import type { Standing } from '../../commands/settings/standing.ts';
import { showCommand } from '../../commands/show.ts';
import { setStar } from '../../commands/star.ts';
import type { RequestOrigin } from '../../commands/table.ts';
import { messagesFor } from '../../src/messages/messages.ts';
import type { Place } from '../../src/task/task.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { createRig, GALLERY, type Rig } from '../helpers/rig.ts';

const words = messagesFor('en').settings;
const ROOM: Place = { platform: 'test', chat: 'room', community: 'sea' };
/** A server's channel, as its managers find it. */
const MANAGES: Standing = {
  manages: () => true,
  roles: ['captain'],
  channels: ['room'],
  hasChannels: true,
  hasThreads: true,
  hasCovers: true,
  obstacleIn: (channel) => (channel === 'locked' ? 'I may not post there.' : undefined),
};

let rig: Rig;
let keys = 0;
beforeEach(async () => {
  rig = await createRig({ limits: { dailyPerPerson: 5 } });
});
afterEach(() => rig.close());

const origin = (by = 'ann', standing?: Standing, place = ROOM): RequestOrigin => ({
  requestKey: `test:${by}:${keys++}`,
  requester: { id: `test:${by}`, name: by },
  place,
  locale: 'en',
  standing,
});

const set = (name: string, given: string | string[] | undefined, from = origin('ann', MANAGES)): Promise<Reply> =>
  changeSetting({ origin: from, name, given }, rig);

async function animated(from: RequestOrigin, options: Record<string, unknown> = {}): Promise<Reply> {
  return animateCommand.execute(from, { image: await tinyPng(), scene: 'waves', seed: 1, ...options }, rig);
}
const taskOf = (reply: Reply) => {
  if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
  return reply.task;
};
const refusalOf = (reply: Reply): string | undefined => (reply.type === 'refused' ? reply.text : undefined);

function fieldsOf(reply: Reply): Record<string, SettingField> {
  if (reply.type !== 'settings') throw new Error(`${reply.type}, not settings`);
  return Object.fromEntries(reply.fields.map((field) => [field.name, field]));
}

describe('settings of a chat', () => {
  test('are shown as they are set, with all that can be set there, and who changed what last', async () => {
    const before = await settingsCommand.execute(origin('ann', MANAGES), {}, rig);
    expect(before).toMatchObject({ type: 'settings', text: words.title.server, changes: [] });
    expect(Object.keys(fieldsOf(before))).toEqual([...SETTING_NAMES]);
    expect(fieldsOf(before)).toMatchObject({
      fit: { shown: 'as usual (cut to shape)', isSet: false },
      perPerson: { shown: 'as usual (5)', min: 1, max: 5 },
      perChat: { shown: 'as usual (no limit)', max: 1_000 },
      roles: { shown: 'as usual (everybody)', ids: [] },
      starsNeeded: { shown: 'as usual (2)', min: 2 },
    });
    await set('fit', 'pad');
    const after = await set('roles', ['captain', 'mate', 'mate'], origin('bea', MANAGES));
    expect(fieldsOf(after)).toMatchObject({
      fit: { shown: 'add blurred edges', value: 'pad', isSet: true },
      roles: { shown: '2 roles', ids: ['captain', 'mate'] },
    });
    expect(after).toMatchObject({
      changes: ['bea: Who may ask for clips, 2 roles (just now)', 'ann: Fit, add blurred edges (just now)'],
    });
    // The same once more is no change.
    expect(await set('fit', 'pad')).toMatchObject({ changes: [expect.any(String), expect.any(String)] });
    const back = await set('fit', undefined);
    expect(fieldsOf(back)).toMatchObject({ fit: { isSet: false } });
    expect(back).toMatchObject({
      changes: ['ann: Fit, as usual (just now)', expect.any(String), expect.any(String)],
    });
  });

  test('offer only what means something there', async () => {
    const place = { platform: 'elsewhere', chat: 'ann' };
    const alone = origin('ann', { isAlone: true, manages: () => true }, place);
    expect(Object.keys(fieldsOf(await openSettings(alone, rig)))).toEqual(['language', 'shape', 'fit', 'duration']);
    expect(refusalOf(await set('isCovered', 'true', alone))).toBe(words.unknown);
    const covers = origin('ann', { ...alone.standing, hasCovers: true }, place);
    expect(Object.keys(fieldsOf(await openSettings(covers, rig)))).toEqual([
      'language',
      'shape',
      'fit',
      'duration',
      'isCovered',
    ]);
    expect(refusalOf(await set('isOn', 'false', alone))).toBe(words.unknown);
  });

  test.each<Standing | undefined>([undefined, {}, { manages: () => false }, { manages: async () => false }])(
    'are closed to a stranger, forged presses too: %j',
    async (standing) => {
      const stranger = origin('eve', standing);
      for (const reply of [
        await settingsCommand.execute(stranger, {}, rig),
        await openSettings(stranger, rig),
        await set('isOn', 'false', stranger),
      ])
        expect(refusalOf(reply)).toBe(words.notYours);
      expect(await rig.store.chatSettings.get(ROOM)).toEqual({ values: {}, changes: [] });
    },
  );

  test.each([
    ['isOn', 'maybe'],
    ['fit', 'stretch'],
    ['shape', 'ultrawide'], // no model here has it
    ['duration', '11'],
    ['perPerson', '0'],
    ['perPerson', '6'],
    ['perPerson', '2.5'],
    ['perPerson', 'many'],
    ['starsNeeded', '1'],
    ['roles', Array.from({ length: 26 }, (_, n) => String(n))],
    ['roles', ['x'.repeat(65)]],
  ])('take no forged value: %s %j', async (name, given) => {
    expect(refusalOf(await set(name, given))).toMatch(/does not take this value/);
    expect((await rig.store.chatSettings.get(ROOM)).values).toEqual({});
  });

  test.each(['', 'nothing', '__proto__', 'constructor'])('know no setting "%s"', async (name) => {
    expect(refusalOf(await set(name, 'true'))).toBe(words.unknown);
  });

  test('on record that another version wrote count as not set', async () => {
    const by = { id: 'test:ann', name: 'ann' };
    for (const [name, value] of Object.entries({ fit: 'stretch', unheard: 1, duration: 10 }))
      await rig.store.chatSettings.change(ROOM, { name, value, by, at: 1 });
    const task = taskOf(await animated(origin()));
    expect(task.options).toMatchObject({ fit: 'crop', duration: 10 });
    expect(await openSettings(origin('ann', MANAGES), rig)).toMatchObject({
      changes: [expect.any(String), expect.any(String)],
    });
  });
});

describe('what is set holds', () => {
  test('for requests that do not say, in all channels of a server and nowhere else', async () => {
    await set('fit', 'pad');
    await set('duration', '10');
    await set('isCovered', 'true');
    await set('reply', 'reply');
    const there = { fit: 'pad', duration: 10, spoiler: true };
    const task = taskOf(await animated(origin('ann', {}, { ...ROOM, chat: 'another channel' })));
    expect(task.options).toMatchObject(there);
    expect(task.place).toMatchObject({ chat: 'another channel', reply: 'reply' });
    const own = taskOf(await animated(origin(), { fit: 'crop', duration: 5, spoiler: false }));
    expect(own.options).toMatchObject({ fit: 'crop', duration: 5, spoiler: true });
    const elsewhere = taskOf(await animated(origin('ann', {}, { platform: 'test', chat: 'room', community: 'lake' })));
    expect(elsewhere.options).toMatchObject({ fit: 'crop', duration: 5 });
    expect(elsewhere.options.spoiler).toBeFalsy();
    // Another take keeps its options, but for what is covered now.
    const again = await againAction.run({ origin: origin(), task: elsewhere }, rig);
    expect(taskOf(again).options).toMatchObject({ fit: 'crop', duration: 5 });
    expect(taskOf(await rig.press(own, 'again')).options.spoiler).toBe(true);
  });

  test('for clips that are shown there, wherever they come from: covered there, and there alone', async () => {
    rig.startWorker();
    const made = taskOf(await animated(origin()));
    const task = await rig.until(made.id, 'delivered');
    const pier: Place = { platform: 'test', chat: 'pier', community: 'lake' };
    await set('isCovered', 'true', origin('ann', MANAGES, pier));
    await set('isCovered', 'true', origin('ann', MANAGES, { ...GALLERY }));
    const shared = await rig.press(task, 'share', { answer: { place: pier } });
    const shown = await showCommand.execute(origin('ann', {}, pier), { clip: task.id }, rig);
    for (const { id } of [taskOf(shared), taskOf(shown)])
      expect((await rig.until(id, 'delivered')).options).toEqual({ ...task.options, spoiler: true });
    for (const by of ['bea', 'cai'])
      await setStar({ task, requester: { id: `test:${by}`, name: by }, isOn: true }, rig);
    expect(await rig.store.tasks.conversation(GALLERY, { limit: 10 })).toMatchObject([{ options: { spoiler: true } }]);
    const back = taskOf(await showCommand.execute(origin(), { clip: task.id }, rig));
    expect(back.options).toEqual(task.options);
  });

  test('where clips are off, by whatever way they are asked for; what was told before is told again', async () => {
    const asked = origin();
    const task = taskOf(await animated(asked));
    rig.startWorker();
    await rig.until(task.id, 'delivered');
    await set('isOn', 'false');
    expect(taskOf(await animated(asked)).id).toBe(task.id);
    for (const reply of [
      await animated(origin()),
      await rig.press(task, 'again'),
      await rig.press(task, 'edit'),
      await showCommand.execute(origin(), { clip: task.id }, rig),
    ])
      expect(refusalOf(reply)).toBe(words.switchedOff);
    await set('isOn', 'true');
    expect((await animated(origin())).type).toBe('taken');
  });

  test('for roles and channels, by what the platform says of the person', async () => {
    await set('roles', ['captain']);
    expect(refusalOf(await animated(origin('bea', { roles: ['cook'], channels: ['room'] })))).toBe(words.noRole);
    expect(refusalOf(await animated(origin('bea')))).toBe(words.noRole);
    expect((await animated(origin('bea', { roles: ['cook', 'captain'] }))).type).toBe('taken');
    await set('channels', ['deck']);
    expect(refusalOf(await animated(origin('ann', MANAGES)))).toBe(words.notHere);
    expect((await animated(origin('ann', { roles: ['captain'], channels: ['thread', 'deck'] }))).type).toBe('taken');
  });

  test('for how many clips a day, beside the operator’s limits, of this chat alone', async () => {
    await set('perPerson', '2');
    const elsewhere: Place = { platform: 'test', chat: 'pier', community: 'lake' };
    expect((await animated(origin('bea', {}, elsewhere))).type).toBe('taken');
    const first = await animated(origin('bea'));
    expect(first).toMatchObject({ type: 'taken', note: 'You have 1 more clip today.' });
    expect((await animated(origin('bea'))).type).toBe('taken');
    expect(refusalOf(await animated(origin('bea')))).toMatch(/had your 2 clips/);
    expect((await animated(origin('cai'))).type).toBe('taken');
    await set('perChat', '3');
    expect(refusalOf(await animated(origin('dee')))).toMatch(/This chat has had its 3 clips/);
    // The operator's limit of five goes on counting.
    for (let n = 0; n < 2; n++) expect((await animated(origin('bea', {}, elsewhere))).type).toBe('taken');
    expect(refusalOf(await animated(origin('bea', {}, elsewhere)))).toMatch(/had your 5 clips/);
  });

  test('also where many are asked for at once', async () => {
    await set('perPerson', '2');
    const replies = await Promise.all(Array.from({ length: 5 }, () => animated(origin('bea'))));
    expect(replies.filter(({ type }) => type === 'taken')).toHaveLength(2);
  });

  test('for the gallery: its clips stay where they are, or want more stars', async () => {
    rig.startWorker();
    const task = taskOf(await animated(origin()));
    await rig.until(task.id, 'delivered');
    const star = (by: string) => setStar({ task, requester: { id: `test:${by}`, name: by }, isOn: true }, rig);
    const inGallery = () => rig.store.tasks.conversation(GALLERY, { limit: 10 });
    await set('toGallery', 'false');
    for (const by of ['bea', 'cai']) await star(by);
    expect(await inGallery()).toEqual([]);
    await set('toGallery', 'true');
    await set('starsNeeded', '4');
    await star('dee');
    expect(await inGallery()).toEqual([]);
    await star('eli');
    expect(await inGallery()).toMatchObject([{ shows: task.id }]);
  });

  test('for a gallery of its own server: where the bot may post, covered as all there is, and in no other place', async () => {
    rig.startWorker();
    expect(refusalOf(await set('gallery', ['locked']))).toBe('I may not post there.');
    expect(refusalOf(await set('gallery', ['one', 'two']))).toBe(words.wrong(words.rows.gallery.label));
    expect(refusalOf(await set('gallery', ['best'], origin('ann', { manages: () => true })))).toBe(words.unknown);
    const task = taskOf(await animated(origin()));
    await rig.until(task.id, 'delivered');
    await set('gallery', ['best']);
    await set('toGallery', 'false');
    await set('isCovered', 'true');
    for (const by of ['bea', 'cai'])
      await setStar({ task, requester: { id: `test:${by}`, name: by }, isOn: true }, rig);
    const shown = await rig.store.tasks.conversation({ platform: 'test', chat: 'best' }, { limit: 10 });
    expect(shown).toMatchObject([{ shows: task.id, place: { community: 'sea' }, options: { spoiler: true } }]);
    expect(await rig.store.tasks.conversation(GALLERY, { limit: 10 })).toEqual([]);
  });

  test.each([
    ['the server that it is in says so', async () => ({ id: 'sea' }), true],
    ['another server says so', async () => ({ id: 'lake' }), undefined],
    ['it cannot be told which server it is in', async () => undefined, true],
  ])('for the gallery of the bot: covered where %s', async (_why, community, spoiler) => {
    rig.startWorker();
    const task = taskOf(await animated(origin('ann', undefined, { platform: 'test', chat: 'room' })));
    await rig.until(task.id, 'delivered');
    await set('isCovered', 'true');
    const galleries = [{ ...GALLERY, community }];
    for (const by of ['bea', 'cai'])
      await setStar({ task, requester: { id: `test:${by}`, name: by }, isOn: true }, { ...rig, galleries });
    const [shown, ...others] = await rig.store.tasks.conversation(GALLERY, { limit: 10 });
    expect([shown?.options.spoiler, others]).toEqual([spoiler, []]);
  });
});
