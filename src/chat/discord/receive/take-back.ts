import type { RepliableInteraction } from 'discord.js';
import { deleteAction } from '../../../../commands/delete.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { isOver, type Task } from '../../../task/task.ts';
import { retry } from '../../../util/retry.ts';
import { keepTakingAway } from './delist.ts';
import type { RequestDeps } from './deps.ts';
import { originOf } from './origin.ts';

const LOOK = { backoff: { baseMs: 200, maxMs: 3_000 }, most: 40 };

/** An answer that was not seen leaves a clip that is not waited for: it is stopped while that is free, and its card goes. */
export async function takeBack(
  interaction: RepliableInteraction,
  reply: Reply | undefined,
  deps: RequestDeps,
): Promise<void> {
  // A press of the same button before it was answered.
  if (reply?.type !== 'taken' || reply.task.place.message !== interaction.id) return;
  // What only shows a clip is seen without it.
  if (reply.task.shows !== undefined) return;
  const task = await deps.store.tasks.get(reply.task.id);
  if (!task || task.attempts.length > 0) return;
  deps.log.info({ task: task.id }, 'the acknowledgement came too late');
  await deps.store.tasks.ask(task.id, { type: 'cancel' });
  deps.wake();
  void forget(interaction, task.id, deps).catch((error: unknown) =>
    deps.log.warn({ err: error, task: task.id }, 'a request that nobody heard of is still on record'),
  );
}

/** Once it is cancelled, and the worker has done with its card. */
async function forget(interaction: RepliableInteraction, id: string, deps: RequestDeps): Promise<void> {
  const isDone = (task: Task | undefined) => !task || (isOver(task) && task.shown !== undefined);
  const task = await retry(() => deps.store.tasks.get(id), {
    clock: deps.clock,
    backoff: LOOK.backoff,
    when: (task, tries) => !isDone(task) && tries < LOOK.most,
  });
  const origin = originOf(interaction);
  if (task?.state !== 'cancelled' || !origin) return;
  await deleteAction.run({ origin, task }, deps);
  await keepTakingAway(task, deps);
}
