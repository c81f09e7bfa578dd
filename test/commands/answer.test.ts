import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerDoubt } from '../../commands/answer.ts';
import type { Task } from '../../src/task/task.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
let task: Task;
beforeEach(async () => {
  rig = await createRig();
  rig.provider.script.submit = async () => ({ outcome: 'unknown', reason: 'no answer' });
  rig.startWorker();
  task = await rig.until((await rig.ask('anna')).id, 'unconfirmed');
});
afterEach(() => rig.close());

const answer = (choice: 'retry' | 'leave', by = 'test:anna') =>
  answerDoubt({ taskId: task.id, by, locale: 'en', choice }, rig);

describe('a person’s word on a doubtful submit', () => {
  test('to try again makes one more attempt, however often it is given', async () => {
    rig.provider.script.submit = async () => ({ outcome: 'accepted', jobId: 'job-2' });
    await Promise.all([answer('retry'), answer('retry'), answer('retry')]);
    await rig.until(task.id, 'delivered');
    expect(rig.provider.submits).toHaveLength(2);
    expect(await answer('retry')).toMatchObject({ type: 'refused' });
  });

  test('to leave it ends the task in words that say what it may have cost', async () => {
    expect(await answer('leave')).toMatchObject({ type: 'done' });
    const { failure } = await rig.until(task.id, 'failed');
    expect(failure).toEqual({ class: 'doubt' });
    expect(rig.provider.submits).toHaveLength(1);
  });

  test('is nobody else’s to give', async () => {
    expect(await answer('retry', 'test:mallory')).toMatchObject({ type: 'refused' });
    await rig.clock.advance(60_000);
    expect(rig.provider.submits).toHaveLength(1);
  });
});
