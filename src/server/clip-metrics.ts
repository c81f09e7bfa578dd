import { Counter, Histogram, type Registry } from 'prom-client';
import { stepsOf } from '../../commands/admin/steps.ts';
import { isOver, type Task } from '../task/task.ts';

/** From a quick preview to hours in the queue. */
const STEP_BUCKETS_S = [1, 3, 10, 30, 60, 180, 600, 1_800, 3_600, 14_400];

/** Counts what ended, and how long its steps took. Returns what is to be told of each save by this process. */
export function createClipMetrics(registry: Registry): (task: Task, before: Task['state']) => void {
  const registers = [registry];
  const clips = new Counter({
    name: 'kinora_clips_total',
    help: 'Clips asked for that this process saw end, by how; shows of clips that there are not counted.',
    labelNames: ['outcome', 'provider'],
    registers,
  });
  const steps = new Histogram({
    name: 'kinora_step_seconds',
    help: 'How long clips that were delivered waited, were rendered, and were on their way.',
    labelNames: ['step'],
    buckets: STEP_BUCKETS_S,
    registers,
  });
  return (task, before) => {
    const { state, provider, shows } = task;
    if (state === before || !isOver(task) || shows !== undefined) return;
    clips.inc({ outcome: state, provider });
    if (state === 'delivered') for (const { step, ms } of stepsOf(task)) steps.observe({ step }, ms / 1000);
  };
}
