import { afterEach, expect, test } from 'vitest';
import { again } from '../../commands/again.ts';
import { clipsCommand } from '../../commands/clips.ts';
import { turnPage } from '../../commands/gallery.ts';
import type { Reply } from '../../commands/reply.ts';
import { showCommand } from '../../commands/show.ts';
import { MOST_SHOWN } from '../../commands/show-limit.ts';
import { setStar } from '../../commands/star.ts';
import type { RequestOrigin } from '../../commands/table.ts';
import { en } from '../../src/messages/en/index.ts';
import type { Task } from '../../src/task/task.ts';
import { createRig, GALLERY } from '../helpers/rig.ts';

type Rig = Awaited<ReturnType<typeof createRig>>;
let rig: Rig;
afterEach(() => rig.close());

let keys = 0;
const here = { platform: 'test', chat: 'room' };

/** Somebody, where they are. */
const origin = (person: string, place: RequestOrigin['place'] = here): RequestOrigin => ({
  requestKey: `test:travel:${keys++}`,
  requester: { id: `test:${person}`, name: person },
  place,
  locale: 'en',
});

async function delivered(person: string): Promise<Task> {
  const { id } = await rig.ask(person);
  return rig.until(id, 'delivered');
}

async function opened(): Promise<void> {
  rig = await createRig();
  rig.startWorker();
}

function taskOf(reply: Reply): Task {
  if (reply.type !== 'taken') throw new Error(`${reply.type}, not taken`);
  return reply.task;
}

function pageOf(reply: Reply) {
  if (reply.type !== 'clips') throw new Error(`${reply.type}, not a page of clips`);
  return reply.page;
}

const clips = async (who: RequestOrigin, given: Record<string, unknown> = {}) => clipsCommand.execute(who, given, rig);
const show = async (who: RequestOrigin, clip: string) => showCommand.execute(who, { clip }, rig);

test('a clip is shown somewhere else once, with whose it is, and costs nothing', async () => {
  await opened();
  const clip = await delivered('ann');
  const who = origin('ann', { platform: 'test', chat: 'elsewhere' });
  const shown = taskOf(await show(who, clip.id));
  expect(taskOf(await show(who, clip.id)).id).toBe(shown.id);
  await rig.until(shown.id, 'delivered');
  const last = rig.chat.shown.at(-1);
  expect(last?.text).toContain('by Anna');
  expect(rig.chat.shown.filter(({ kind }) => kind === 'clip')).toHaveLength(2);
  expect((await rig.task(shown.id)).cost).toBe(0);
});

test.each(['id', 'end of it', 'words'])('a clip is named by its %s', async (by) => {
  await opened();
  const clip = await delivered('ann');
  const name = { id: clip.id, 'end of it': clip.id.slice(-8), words: 'WAVES' }[by] ?? '';
  expect(taskOf(await show(origin('ann', { platform: 'test', chat: 'dm' }), name)).shows).toBe(clip.id);
});

test('nobody is shown a clip of another chat, however they name it', async () => {
  await opened();
  const clip = await delivered('ann');
  for (const name of [clip.id, clip.id.slice(-8), 'waves']) {
    const reply = await show(origin('ben', { platform: 'test', chat: 'other' }), name);
    expect(reply).toMatchObject({ type: 'refused' });
    // A chat of the same name on another platform is another chat.
    expect(await show(origin('ben', { platform: 'other', chat: 'room' }), name)).toMatchObject({ type: 'refused' });
  }
  const pressed = await rig.press(clip, 'show', {
    by: 'test:ben',
    origin: origin('ben', { platform: 'test', chat: 'other' }),
  });
  expect(pressed).toMatchObject({ type: 'refused' });
});

test('who writes under a name that others share is shown nothing that was made under it elsewhere', async () => {
  await opened();
  const as = (chat: string): RequestOrigin => ({
    ...origin('ann', { platform: 'test', chat }),
    requester: { id: 'test:ann', name: 'The channel', person: `test:${chat}` },
  });
  const clip = await delivered('ann');
  for (const name of [clip.id, clip.id.slice(-8), 'waves'])
    expect(await show(as('elsewhere'), name)).toMatchObject({ type: 'refused' });
  expect(await clips(as('elsewhere'), { of: 'mine' })).toMatchObject({ type: 'refused' });
  expect(taskOf(await show(as('room'), clip.id)).shows).toBe(clip.id);

  const mine = pageOf(await clips(origin('ann'), { of: 'mine' }));
  const turn = { view: mine.view, number: 0 };
  expect(await turnPage({ ...turn, origin: as('elsewhere') }, rig)).toMatchObject({ type: 'refused' });

  const there = { ...as('elsewhere'), source: clip, scene: 'a second take' };
  const take = await rig.until(taskOf(await again(there, rig)).id, 'delivered');
  const seen = async (who: RequestOrigin) => pageOf(await rig.press(take, 'story', { origin: who })).clips;
  expect((await seen(there)).map(({ id }) => id)).toEqual([take.id]);
  expect(await seen(origin('ann', there.place))).toHaveLength(2);
});

test('the clips of a chat are paged newest first, and only its people turn the pages', async () => {
  await opened();
  const made: string[] = [];
  for (let n = 0; n < 11; n++) made.unshift((await delivered(`p${n}`)).id);
  const first = pageOf(await clips(origin('ann')));
  expect(first.clips.map(({ id }) => id)).toEqual(made.slice(0, 9));
  expect(first.hasMore).toBe(true);
  const turn = { view: first.view, number: 1 };
  const second = pageOf(await turnPage({ ...turn, origin: origin('ben') }, rig));
  expect(second.clips.map(({ id }) => id)).toEqual(made.slice(9));
  expect(second.hasMore).toBe(false);
  const back = pageOf(await turnPage({ ...turn, number: 0, origin: origin('ben') }, rig));
  expect(back.clips.map(({ id }) => id)).toEqual(made.slice(0, 9));
  // The page that ended with a clip which is gone since is shown anew.
  const [last = ''] = first.clips.slice(-1).map(({ id }) => id);
  await rig.store.tasks.remove(last);
  const anew = pageOf(await turnPage({ ...turn, origin: origin('ben') }, rig));
  expect({ number: anew.number, ids: anew.clips.map(({ id }) => id) }).toEqual({
    number: 0,
    ids: made.filter((id) => id !== last).slice(0, 9),
  });
  const stranger = origin('ben', { platform: 'test', chat: 'other' });
  expect(await turnPage({ ...turn, origin: stranger }, rig)).toMatchObject({ type: 'refused' });
});

test('all of mine are for me alone, and hold nothing of others', async () => {
  await opened();
  const mine = await delivered('ann');
  await delivered('ben');
  const who = origin('ann', { platform: 'test', chat: 'dm' });
  const page = pageOf(await clips(who, { of: 'mine' }));
  expect(page.clips.map(({ id }) => id)).toEqual([mine.id]);
  expect(await turnPage({ view: page.view, number: 0, origin: origin('ben') }, rig)).toMatchObject({ type: 'refused' });
});

test('a star is given and taken back, and counts for the clip wherever it is shown', async () => {
  await opened();
  const clip = await delivered('ann');
  const shown = taskOf(await show(origin('ann', { platform: 'test', chat: 'elsewhere' }), clip.id));
  await rig.until(shown.id, 'delivered');
  const there = origin('ben', { platform: 'test', chat: 'elsewhere' });
  expect(await rig.press(shown, 'star', { by: 'test:ben', origin: there })).toMatchObject({ type: 'changed' });
  expect((await rig.task(clip.id)).stars).toEqual(['test:ben']);
  expect(pageOf(await clips(origin('ann'), { starred: true })).clips).toHaveLength(1);
  await rig.press(shown, 'star', { by: 'test:ben', origin: there });
  expect((await rig.task(clip.id)).stars ?? []).toEqual([]);
  expect(await clips(origin('ann'), { starred: true })).toMatchObject({ type: 'refused' });
});

test('what enough people starred is in the gallery once, however many star it at the same moment', async () => {
  await opened();
  const clip = await delivered('ann');
  const star = (by: string) => rig.press(clip, 'star', { by: `test:${by}`, origin: origin(by) });
  await star('ben');
  expect(await rig.store.tasks.showsOf(clip.id, 10)).toEqual([]);
  await Promise.all(['cleo', 'dan', 'eve'].map(star));
  const [copy, ...others] = await rig.store.tasks.showsOf(clip.id, 10);
  expect(others).toEqual([]);
  expect(copy).toMatchObject({ place: GALLERY, requester: clip.requester });
});

test('its author’s own star brings no clip into the gallery, where nobody else has seen it', async () => {
  await opened();
  const clip = await delivered('ann');
  const star = (by: string) =>
    setStar({ task: clip, requester: origin(by).requester, isOn: true }, { ...rig, starsNeeded: 1 });
  await star('ann');
  expect(await rig.store.tasks.showsOf(clip.id, 10)).toEqual([]);
  await star('ben');
  expect(await rig.store.tasks.showsOf(clip.id, 10)).toHaveLength(1);
});

test.each(['again', 'edit'])(
  '%s under a clip that others show, or a gallery, is its author’s alone',
  async (action) => {
    await opened();
    const clip = await delivered('ann');
    const star = (by: string) => rig.press(clip, 'star', { by: `test:${by}`, origin: origin(by) });
    await Promise.all(['ben', 'cleo'].map(star));
    const [gallery] = await rig.store.tasks.showsOf(clip.id, 1);
    const elsewhere = { platform: 'test', chat: 'elsewhere' };
    const byBen = taskOf(await show(origin('ben'), clip.id));
    const byAnn = taskOf(await show(origin('ann', elsewhere), clip.id));
    const press = async (task: Task | undefined, by: string) => {
      const { id = '', place = here } = task ?? {};
      const shown = await rig.until(id, 'delivered');
      const asked = { by: `test:${by}`, origin: origin(by, place), answer: { scene: 'other words' } };
      return (await rig.press(shown, action, asked)).type;
    };
    expect([await press(gallery, 'dan'), await press(byBen, 'dan'), await press(byBen, 'ben')]).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
    expect([await press(gallery, 'ann'), await press(byAnn, 'dan')]).toEqual(['taken', 'taken']);
    // Nobody is asked for words in vain.
    const unasked = { by: 'test:dan', origin: origin('dan', byBen.place) };
    expect((await rig.press(await rig.task(byBen.id), action, unasked)).type).toBe('refused');
  },
);

test('a clip that is deleted goes everywhere it was shown, and its link with it', async () => {
  await opened();
  const clip = await delivered('ann');
  const shown = taskOf(await show(origin('ann', { platform: 'test', chat: 'elsewhere' }), clip.id));
  await rig.until(shown.id, 'delivered');
  await rig.press(clip, 'link');
  const token = await rig.store.links.open(clip.id, 'test:ann');
  await rig.press(clip, 'delete');
  expect(await rig.store.tasks.get(shown.id)).toBeUndefined();
  expect(await rig.store.links.find(token)).toBeUndefined();
  expect((await rig.store.removals.open(10)).map(({ id }) => id).sort()).toEqual([clip.id, shown.id].sort());
});

test('what was shown is taken back by whoever showed it, and the clip stays', async () => {
  await opened();
  const clip = await delivered('ann');
  const shown = taskOf(await show(origin('ben'), clip.id));
  await rig.until(shown.id, 'delivered');
  const cleo = { by: 'test:cleo', origin: origin('cleo') };
  expect(await rig.press(shown, 'delete', cleo)).toMatchObject({ type: 'refused' });
  expect(await rig.press(shown, 'delete', { by: 'test:ben', origin: origin('ben') })).toMatchObject({
    type: 'deleted',
  });
  expect(await rig.task(clip.id)).toMatchObject({ state: 'delivered' });
});

test('a link is its author’s to give and to take back', async () => {
  await opened();
  const clip = await delivered('ann');
  expect(await rig.press(clip, 'link', { by: 'test:ben', origin: origin('ben') })).toMatchObject({ type: 'refused' });
  const shown = await rig.until(taskOf(await show(origin('ben'), clip.id)).id, 'delivered');
  for (const action of ['link', 'unlink']) {
    const moderators = { by: 'test:mo', origin: origin('mo'), moderates: () => true };
    for (const asked of [{ by: 'test:ben', origin: origin('ben') }, moderators])
      for (const task of [shown, clip]) expect(await rig.press(task, action, asked)).toMatchObject({ type: 'refused' });
  }
  const reply = await rig.press(clip, 'link');
  const token = /\/c\/(\S+)$/.exec(reply.type === 'menu' ? reply.text : '')?.[1] ?? '';
  expect(await rig.store.links.find(token)).toBe(clip.id);
  await rig.press(clip, 'unlink');
  expect(await rig.store.links.find(token)).toBeUndefined();
});

test('a report is told once to those who look after the chat, with a way to take the clip down', async () => {
  await opened();
  const clip = await delivered('ann');
  const report = (by: string) => rig.press(clip, 'report', { by: `test:${by}`, origin: origin(by), key: `r:${by}` });
  await report('ben');
  await rig.clock.until(async () => (await rig.task(clip.id)).sent['notice-reported'] !== undefined);
  await report('cleo');
  await rig.clock.advance(60_000);
  const told = rig.chat.shown.filter(({ kind }) => kind === 'notice-reported');
  expect(told.map(({ buttons }) => buttons.map(({ action }) => action))).toEqual([['delete']]);
});

test('whoever reports their own clip is told that they can delete it, and nobody else hears of it', async () => {
  await opened();
  const clip = await delivered('ann');
  expect(await rig.press(clip, 'report')).toEqual({ type: 'refused', text: en.actions.report.own });
  expect((await rig.task(clip.id)).requests).toEqual(clip.requests);
});

test('another take knows where it comes from, and its story can be walked', async () => {
  await opened();
  const first = await delivered('ann');
  const second = taskOf(await rig.press(first, 'again', { key: 'again:1' }));
  const done = await rig.until(second.id, 'delivered');
  expect(done.from).toBe(first.id);
  // A take that came to no clip is no part of it.
  rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'try-another' } });
  const third = taskOf(await rig.press(done, 'again', { key: 'again:2' }));
  await rig.until(third.id, 'failed');
  const page = pageOf(await rig.press(done, 'story'));
  expect(page.clips.map(({ id }) => id)).toEqual([first.id, second.id]);
});

test('somebody who shows clips again and again waits, whatever is shown how; others do not, and the bot itself does not', async () => {
  await opened();
  const clip = await delivered('ann');
  const ben = origin('ben');
  for (let n = 0; n < MOST_SHOWN - 1; n++) expect(await show(origin('ben'), clip.id)).toMatchObject({ type: 'taken' });
  expect(await show(ben, clip.id)).toMatchObject({ type: 'taken' });
  const text = en.request.tooManyShown(MOST_SHOWN);
  const elsewhere = { platform: 'test', chat: 'attic' };
  const by = { by: 'test:ben', origin: origin('ben') };
  for (const reply of [
    await show(origin('ben'), clip.id),
    await rig.press(clip, 'share', { ...by, answer: { place: elsewhere } }),
    await rig.press(clip, 'gif', { by: 'test:ben', origin: origin('ben') }),
  ])
    expect(reply).toEqual({ type: 'refused', text });
  // Told again what was taken is known, and what is starred reaches the gallery in its author's name.
  expect(await show(ben, clip.id)).toMatchObject({ type: 'taken', created: false });
  for (let n = 0; n < MOST_SHOWN; n++) expect(await show(origin('ann'), clip.id)).toMatchObject({ type: 'taken' });
  for (const who of ['ben', 'cleo']) await rig.press(clip, 'star', { by: `test:${who}`, origin: origin(who) });
  const shows = await rig.store.tasks.showsOf(clip.id, 50);
  expect(shows.filter(({ place }) => place.chat === GALLERY.chat)).toHaveLength(1);
  await rig.clock.advance(60_000);
  expect(await show(origin('ben'), clip.id)).toMatchObject({ type: 'taken' });
});

test('what is still on its way to where it is shown counts, however long that takes', async () => {
  await opened();
  const clip = await delivered('ann');
  rig.chat.script.send = async () => ({ outcome: 'retry', reason: 'slow' });
  for (let n = 0; n < MOST_SHOWN; n++) expect(await show(origin('ben'), clip.id)).toMatchObject({ type: 'taken' });
  await rig.clock.advance(5 * 60_000);
  expect(await show(origin('ben'), clip.id)).toMatchObject({ type: 'refused' });
  rig.chat.script.send = async () => ({ outcome: 'shown' });
  const last = await rig.store.tasks.showsOf(clip.id, 10);
  for (const { id } of last) await rig.until(id, 'delivered', 3_600_000);
  expect(await show(origin('ben'), clip.id)).toMatchObject({ type: 'taken' });
});

test('a story tells nobody of takes that somebody else made in a chat of theirs', async () => {
  await opened();
  const first = await delivered('ann');
  const theirs = { by: 'test:ben', origin: origin('ben', { platform: 'test', chat: 'ben' }) };
  const copy = taskOf(await show(origin('ann', { platform: 'test', chat: 'ben' }), first.id));
  await rig.until(copy.id, 'delivered');
  const take = taskOf(await again({ ...theirs.origin, source: await rig.task(copy.id), scene: 'a secret' }, rig));
  const hidden = await rig.until(take.id, 'delivered');
  const seenBy = async (task: Task, by: string, who = origin(by)) =>
    pageOf(await rig.press(task, 'story', { by: `test:${by}`, origin: who })).clips.map(({ id }) => id);
  const second = await rig.until(taskOf(await rig.press(first, 'again', { key: 'again:2' })).id, 'delivered');
  expect(await seenBy(second, 'ann')).toEqual([first.id, second.id]);
  expect(await seenBy(second, 'ben')).toContain(hidden.id);
});
