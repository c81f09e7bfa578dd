import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takesOf } from '../../commands/takes.ts';
import { en } from '../../src/messages/en/index.ts';
import { otherTakes } from '../../src/task/lineage.ts';
import { newTaskId, type Task } from '../../src/task/task.ts';
import { withChanges } from '../../src/util/with-changes.ts';
import { createRig, type Rig, scriptedProvider, succeeded } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const NO_PICTURE = { type: 'bad-picture', picture: { type: 'empty' } } as const;
const REMOTE = { ref: 'photo', declared: {} };
const clips = () => rig.chat.shown.filter(({ kind }) => kind === 'clip');
const notices = () => rig.chat.shown.filter(({ kind }) => kind !== 'clip');
const lastCard = () => rig.chat.cards.at(-1);

async function until(takes: readonly Task[], state: Task['state']): Promise<Task[]> {
  for (const { id } of takes) await rig.until(id, state);
  await rig.clock.advance(10_000);
  return Promise.all(takes.map(({ id }) => rig.task(id)));
}

const leadIn = ([lead]: readonly Task[]): Task => {
  if (!lead) throw new Error('no lead');
  return lead;
};

describe('several takes', () => {
  test('fetch their picture once, keep it once, and each comes with its own seed', async () => {
    const takes = await rig.askTakes(3, { picture: REMOTE });
    rig.startWorker();
    await until(takes, 'delivered');
    expect(rig.chat.opened).toEqual(['photo']);
    expect(rig.provider.submits.map(({ seed }) => seed).toSorted()).toEqual([42, 43, 44]);
    expect(clips()).toHaveLength(3);
    const owners: unknown[] = [];
    for await (const { name, of } of rig.store.dump.blobs()) if (name === 'upload') owners.push(of);
    expect(owners.filter((of) => of === undefined)).toHaveLength(1);
    expect(owners).toHaveLength(3);
    // Nothing is left to do.
    expect(await rig.store.tasks.oldestDue()).toBeUndefined();
  });

  test('have one card, which counts them, and in the end tells where they are', async () => {
    const takes = await rig.askTakes(3);
    const lead = leadIn(takes);
    rig.startWorker();
    await until(takes, 'delivered');
    expect(new Set(rig.chat.cards.map(({ taskId }) => taskId))).toEqual(new Set([lead.id]));
    const statuses = rig.chat.cards.map(({ status }) => status);
    expect(statuses).toContainEqual(expect.stringMatching(/^[12] of 3 (is|are) here\. /));
    expect(lastCard()).toMatchObject({ status: 'All 3 are here', state: 'delivered' });
    expect(lastCard()?.clips).toHaveLength(3);
    expect(lastCard()?.facts).toEqual(['3 takes', '5 s', 'motion 5', 'seeds from 42']);
    expect(lastCard()?.buttons.map(({ action }) => action)).toEqual(['story']);
    expect(clips().map((clip) => 'facts' in clip && [clip.facts[0], clip.facts[3]])).toEqual(
      expect.arrayContaining([
        ['take 1 of 3', 'seed 42'],
        ['take 2 of 3', 'seed 43'],
        ['take 3 of 3', 'seed 44'],
      ]),
    );
  });

  test('are all stopped from their card, which says so', async () => {
    const takes = await rig.askTakes(2);
    await rig.press(leadIn(takes), 'cancel-all');
    rig.startWorker();
    await until(takes, 'cancelled');
    expect(rig.provider.submits).toEqual([]);
    expect(lastCard()).toMatchObject({ status: 'Cancelled', state: 'cancelled' });
  });

  test('of which one fails are told of in one line, once all have ended', async () => {
    let submits = 0;
    rig.provider.script.submit = async () =>
      ++submits === 1
        ? { outcome: 'refused', failure: { type: 'moderation' } }
        : { outcome: 'accepted', jobId: `job-${submits}` };
    const takes = await rig.askTakes(3);
    rig.startWorker();
    await rig.clock.until(async () => clips().length === 2);
    await rig.clock.advance(30_000);
    const why = en.failure({ type: 'moderation' }, 1);
    expect(notices()).toMatchObject([{ text: `2 of 3 are here, 1 did not work. ${why}` }]);
    expect(lastCard()).toMatchObject({ status: `2 of 3 are here, 1 did not work. ${why}`, state: 'delivered' });
    const ended = await Promise.all(takes.map(({ id }) => rig.task(id)));
    expect(ended.map(({ state }) => state).toSorted()).toEqual(['delivered', 'delivered', 'failed']);
  });

  test('of which one fails for nothing are told without that nothing was spent: the others were', async () => {
    let submits = 0;
    rig.provider.script.submit = async () =>
      ++submits === 2 ? { outcome: 'refused', failure: NO_PICTURE } : { outcome: 'accepted', jobId: `job-${submits}` };
    await rig.askTakes(2);
    rig.startWorker();
    await rig.clock.until(async () => notices().length === 1);
    await rig.clock.advance(30_000);
    expect(en.failure(NO_PICTURE, 1)).toContain('spent');
    const text = `1 of 2 is here, 1 did not work. ${en.failure(NO_PICTURE, 0)}`;
    expect(notices()).toMatchObject([{ text }]);
    expect(lastCard()).toMatchObject({ status: text });
  });

  test('that all fail for their picture are told of once', async () => {
    rig.chat.script.open = async () => ({ outcome: 'gone', reason: 'deleted' });
    const takes = await rig.askTakes(4, { picture: REMOTE });
    rig.startWorker();
    await until(takes, 'failed');
    expect(notices()).toMatchObject([{ text: en.failure({ type: 'picture-gone' }, 1) }]);
    expect(lastCard()).toMatchObject({
      state: 'failed',
      buttons: [{ action: 'picture' }, { action: 'delete' }, { action: 'details' }],
    });
  });

  test('wait for a picture that is long in coming, and are not given up meanwhile', async () => {
    rig.chat.script.open = async () => ({ outcome: 'later', reason: 'away', retryAfterMs: 20 * 60_000 });
    const takes = await rig.askTakes(2, { picture: REMOTE });
    rig.startWorker();
    await rig.clock.advance(2 * 3_600_000);
    const [, second] = await Promise.all(takes.map(({ id }) => rig.task(id)));
    expect(second?.state).toBe('received');
    expect(second?.version).toBeLessThan(600);
  });

  test('are taken back one by one: the card then counts those that are there', async () => {
    const takes = await rig.askTakes(3);
    rig.startWorker();
    const [, second] = await until(takes, 'delivered');
    if (!second) throw new Error('no second take');
    await rig.press(second, 'delete');
    await rig.clock.advance(10_000);
    expect(lastCard()).toMatchObject({ status: 'All 2 are here' });
    expect(lastCard()?.clips).not.toContain(second.sent.clip);
    const stars = await rig.store.tasks.star(leadIn(takes).id, 'test:bo', true);
    expect(stars?.stars).toEqual(['test:bo']);
    expect((await rig.task(takes[2]?.id ?? '')).stars).toBeUndefined();
  });

  test('hand their card on where the lead is taken back: it stays while one of them is there, and counts those', async () => {
    const takes = await rig.askTakes(3);
    await rig.store.tasks.recordSent(leadIn(takes).id, 'card', 'card-of-all');
    rig.startWorker();
    const [lead, second, third] = await until(takes, 'delivered');
    if (!lead || !second || !third) throw new Error('not all are there');
    const takenAway = async () => (await rig.store.removals.open(10)).flatMap(({ sent }) => Object.values(sent));
    const { card = '' } = lead.sent;
    for (const [deleted, status] of [
      [lead, 'All 2 are here'],
      [second, 'It is here'],
    ] as const) {
      expect(await rig.press(await rig.task(deleted.id), 'delete')).toMatchObject({
        task: { sent: { clip: deleted.sent.clip } },
      });
      await rig.clock.advance(1_000);
      expect(lastCard()).toMatchObject({ status, state: 'delivered' });
      expect(lastCard()?.clips).not.toContain(deleted.sent.clip);
      expect(await takenAway()).not.toContain(card);
    }
    const last = await rig.task(third.id);
    expect(last.sent).toMatchObject({ card });
    await rig.press(last, 'delete');
    expect(await takenAway()).toContain(card);
  });

  test('go on where the lead is taken back, by the card that they still have', async () => {
    await rig.close();
    rig = await createRig({ provider: scriptedProvider({ concurrency: 1 }) });
    const takes = await rig.askTakes(3);
    await rig.store.tasks.recordSent(leadIn(takes).id, 'card', 'card-of-all');
    rig.startWorker();
    const lead = await rig.until(leadIn(takes).id, 'delivered');
    await rig.press(lead, 'delete');
    const [, second, third] = takes;
    if (!second || !third) throw new Error('not all are there');
    await until([second, third], 'delivered');
    expect(rig.chat.cards.at(-1)).toMatchObject({ taskId: second.id, status: 'All 2 are here' });
    expect((await rig.task(second.id)).sent.card).toBe(lead.sent.card);
  });

  test('of which another still waits for the picture do not lose it with the lead', async () => {
    const takes = await rig.askTakes(2);
    const lead = leadIn(takes);
    const [claimed] = await rig.store.tasks.claimDue('test', 1);
    expect(claimed?.id).toBe(lead.id);
    await rig.store.tasks.save(withChanges(claimed ?? lead, { state: 'cancelled' as const }), { owner: 'test' });
    expect(await rig.press(await rig.task(lead.id), 'delete')).toEqual({
      type: 'refused',
      text: en.request.takesBegin,
    });
    expect(await rig.store.tasks.get(lead.id)).toBeDefined();
  });

  test('that all failed are taken back together, by the one card that they have', async () => {
    rig.provider.script.submit = async () => ({ outcome: 'refused', failure: { type: 'moderation' } });
    const takes = await rig.askTakes(3);
    await rig.store.tasks.recordSent(leadIn(takes).id, 'card', 'card-of-all');
    rig.startWorker();
    await until(takes, 'failed');
    await rig.press(await rig.task(leadIn(takes).id), 'delete');
    for (const { id } of takes) expect(await rig.store.tasks.get(id)).toBeUndefined();
  });

  test('whose lead was deleted tell how they end by themselves', async () => {
    await rig.close();
    rig = await createRig({ provider: scriptedProvider({ concurrency: 1 }) });
    const takes = await rig.askTakes(2);
    rig.startWorker();
    const lead = await rig.until(leadIn(takes).id, 'delivered');
    rig.provider.script.poll = async () => ({ outcome: 'failed', failure: { type: 'moderation' } });
    await rig.press(lead, 'delete');
    await rig.until(takes[1]?.id ?? '', 'failed');
    await rig.clock.advance(10_000);
    expect(notices()).toMatchObject([{ text: en.failure({ type: 'moderation' }, 1) }]);
  });
});

describe('a process that is killed', () => {
  test('between the lead’s record and the others’ leaves nothing out, and nothing is made twice', async () => {
    const [lead, second, third] = await rig.askTakes(3);
    if (!lead || !second || !third) throw new Error('not all are there');
    for (const { id } of [second, third]) await rig.store.tasks.remove(id);
    expect(await takesOf(lead, rig.store)).toHaveLength(1);
    rig.startWorker();
    await rig.until(lead.id, 'delivered');
    const takes = await takesOf(await rig.task(lead.id), rig.store);
    await until(takes, 'delivered');
    expect(takes.map(({ options }) => options.seed)).toEqual([42, 43, 44]);
    expect(clips()).toHaveLength(3);
    for (const other of otherTakes(lead, () => newTaskId(0)))
      expect(await rig.store.tasks.insert(other)).toMatchObject({ created: false });
  });

  test('before it has told the lead’s card leaves the card to the next', async () => {
    const takes = await rig.askTakes(2);
    const dead = rig.startWorker();
    await until(takes, 'delivered');
    await dead.stop();
    const [lead, second] = await Promise.all(takes.map(({ id }) => rig.task(id)));
    if (!lead || !second) throw new Error('not all are there');
    expect(second.sent.clip).toBeDefined();
    rig.chat.cards.length = 0;
    // As it stands where the second was delivered and nobody was told.
    await rig.store.tasks.ask(second.id, { type: 'wake' });
    rig.provider.script.poll = async () => succeeded();
    rig.startWorker();
    await rig.clock.advance(10_000);
    expect(await rig.store.tasks.oldestDue()).toBeUndefined();
    expect(clips()).toHaveLength(2);
    // It shows that already.
    expect(rig.chat.cards).toEqual([]);
  });
});
