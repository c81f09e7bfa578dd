import type { Task } from '../../src/task/task.ts';

/** From entering one state to entering another. */
const STEPS = {
  waiting: ['received', 'submitting'],
  rendering: ['rendering', 'ready'],
  delivering: ['ready', 'delivered'],
} as const;
export type Step = keyof typeof STEPS;
const NAMES = ['waiting', 'rendering', 'delivering'] as const satisfies readonly Step[];

/** How long the steps of a task took that it has behind it, in milliseconds. */
export const stepsOf = ({ at }: Pick<Task, 'at'>): { step: Step; ms: number }[] =>
  NAMES.flatMap((step) => {
    const [from, to] = STEPS[step];
    const [began, ended] = [at[from], at[to]];
    return began === undefined || ended === undefined || ended < began ? [] : [{ step, ms: ended - began }];
  });

/** Of each step the task that it took longest for. */
export function slowestOf<T extends Pick<Task, 'at'>>(tasks: readonly T[]): { step: Step; ms: number; task: T }[] {
  const all = tasks.flatMap((task) => stepsOf(task).map((each) => ({ ...each, task })));
  return NAMES.flatMap((step) =>
    all
      .filter((each) => each.step === step)
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 1),
  );
}
