import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { createAdmission } from '../../commands/admission.ts';
import { animate } from '../../commands/animate.ts';
import { actions } from '../../commands/index.ts';
import { createCardView } from '../../src/chat/kit/card-view.ts';
import { checkClip } from '../../src/media/clips/clip.ts';
import { readJobId } from '../../src/providers/http/key-ring.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { isOver, type Task } from '../../src/task/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { stormOn } from '../fakes/storm.ts';
import { plainClipEnds } from '../helpers/clip-ends.ts';
import { decoder } from '../helpers/decoder.ts';
import { fastClock } from '../helpers/fast-clock.ts';
import { IDLE } from '../helpers/idle.ts';
import { scriptedChat } from '../helpers/rig.ts';
import { captureLog, jpeg, type PAID, PATIENT, secretsIn } from '../providers/support/paid.ts';

const PLACE = { platform: 'test', chat: 'room' };

/** Every file below a folder, as text: what the store wrote. */
async function written(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.db'));
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
}

/** So many tasks through a storm at a service: expects that none was paid twice, and none forgotten. */
export async function throughAStorm({ name, start }: (typeof PAID)[number], tasks: number): Promise<void> {
  const { provider, standIn, lines, close } = await start(1000, PATIENT);
  const service = name === 'runway' ? 'runway' : 'aivideoapi';
  standIn.tell({ do: 'storm', ...stormOn(service, { seed: 7, chance: 0.25, silent: true }) });
  const dir = await mkdtemp(join(tmpdir(), 'kinora-storm-'));
  const clock = fastClock(20);
  const store = await openSqliteStore({ dir, clock });
  const chat = scriptedChat();
  const { log, lines: workerLines } = captureLog();
  const many = { ...provider, capabilities: { ...provider.capabilities, concurrency: 40 } };
  const worker = createWorker({
    store,
    clock,
    log,
    checkClip,
    clipEnds: plainClipEnds,
    providers: [many],
    messengers: [chat],
    fitPicture: decoder.fit,
    cardView: createCardView({ store, providers: [many], actions }),
    ...{
      random: Math.random,
      utilization: IDLE,
      owner: 'storm',
      limits: { queueMaxMs: 24 * 3_600_000, deadlineMs: 7_200_000 },
    },
  });
  worker.start();

  const admission = createAdmission({ store, providers: [many], limits: { allow: ['*'] } });
  const picture = await jpeg();
  for (let n = 0; n < tasks; n++) {
    const reply = await animate(
      {
        ...{ requestKey: `test:${n}`, requester: { id: `test:${n % 9}`, name: 'Anna' }, place: PLACE, locale: 'en' },
        ...{ scene: `scene ${n}`, options: {}, picture },
      },
      { store, provider: many, admission, defaultFit: 'crop' },
    );
    expect(reply.type).toBe('taken');
  }
  const recorded = () => store.tasks.conversation(PLACE, { limit: tasks });
  const settled = (task: Task) => isOver(task) || task.state === 'unconfirmed';
  while (!(await recorded()).every(settled)) await delay(100);
  await worker.stop();

  const { accepted } = standIn.report();
  const jobsOf = (scene: string) => accepted.filter((job) => job.scene === scene);
  for (const task of await recorded()) {
    const jobs = jobsOf(task.scene);
    expect(jobs.length, `${task.scene} was accepted at most once`).toBeLessThanOrEqual(1);
    if (task.state === 'unconfirmed') {
      // Doubt is there only where the answer to the one call was spoiled.
      expect(jobs.every((job) => job.spoiled !== undefined)).toBe(true);
      continue;
    }
    expect(task.state, `${task.scene}: ${JSON.stringify(task.failure)}`).toBe('delivered');
    // Where a service names jobs by model as well, an id ends with its own part.
    const known = Object.values(task.accepted).map((id) => readJobId(id)?.externalId.split('~').at(-1));
    expect(known).toEqual(jobs.map(({ id }) => id));
  }
  const shown = chat.shown.filter(({ kind }) => kind === 'clip');
  expect(shown).toHaveLength((await recorded()).filter(({ state }) => state === 'delivered').length);
  expect(shown.length).toBeGreaterThan(tasks / 3);
  await store.close();
  expect(secretsIn([...lines, ...workerLines, ...(await written(dir)), ...chat.shown.map(({ text }) => text)])).toEqual(
    [],
  );
  await close();
  await rm(dir, { recursive: true, force: true });
}
