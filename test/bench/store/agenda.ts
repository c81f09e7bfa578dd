import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import { systemClock } from '../../../src/util/clock.ts';
import { newTask } from '../../contract/store/tools.ts';
import { createFlow, type Load } from './flow.ts';
import { person, RUNNING, STEPS } from './steps.ts';

/**
 * Steps a second of agenda v6: each durable step is a job that makes the next one by `agenda.now`, with the task in its
 * data, for that is how its users keep what has been done through a crash. So that the comparison is fair:
 * - the same writes (majority, in the journal), the same number of jobs at once, the same stream of tasks;
 * - what suits it best: finished jobs are removed (else each claim passes by them), and no more are locked than run
 *   (without a limit, its default, it is about half as fast). Its notification in memory was tried and is slower: each
 *   `agenda.now` then waits for a round of claims. The polling interval is tried out by the caller.
 */
export async function stepsByAgenda(url: string, load: Load, everyMs: number): Promise<number> {
  const client = new mongoose.mongo.MongoClient(url, { writeConcern: { w: 'majority', j: true } });
  try {
    const agenda = new Agenda({
      backend: new MongoBackend({ mongo: client.db() }),
      processEvery: everyMs,
      maxConcurrency: RUNNING,
      defaultConcurrency: RUNNING,
      lockLimit: RUNNING,
      defaultLockLimit: RUNNING,
      removeOnComplete: true,
    });
    const [first, ...later] = STEPS;
    const flow = createFlow(load, (n) => agenda.now(first, { task: newTask(systemClock, { requester: person(n) }) }));
    for (const [k, step] of STEPS.entries())
      agenda.define(step, async ({ attrs }) => {
        const next = later[k];
        if (next) await agenda.now(next, attrs.data);
        else flow.ended();
      });
    agenda.on('error', flow.fail);
    await agenda.ready;
    await agenda.start();
    const seconds = await flow.run();
    await agenda.stop();
    return (load.tasks * STEPS.length) / seconds;
  } finally {
    await client.close();
  }
}
