/** What a task goes through, and so the saves of the worker: one for each of `src/worker/steps.ts`. */
export const STEPS = ['fit', 'start', 'submit', 'poll', 'prepare', 'deliver', 'finish'] as const;

/** Steps at once: the worker's own number (`MAX_RUNNING`), and what the others get. */
export const RUNNING = 32;

/** Asked for by as many people, so that nobody's requests wait for one another. */
export const person = (n: number) => ({ id: `test:person-${n}`, name: 'Ada' });
