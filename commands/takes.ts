import { z } from 'zod';
import type { Store } from '../src/store/store.ts';
import { isOnOthersCard, leadOf, storyOf } from '../src/task/lineage.ts';
import type { Task } from '../src/task/task.ts';

/** Takes that are made later come later in a story. */
const LOOKED_AT = 20;

/** What was asked for together with this task, in order: itself and the other takes, as far as they are there. */
export async function takesOf(task: Task, { tasks }: Pick<Store, 'tasks'>): Promise<Task[]> {
  if (!task.take) return [task];
  const lead = leadOf(task) ?? task.id;
  const story = await tasks.story(storyOf(task), { limit: LOOKED_AT });
  return story
    .filter(({ id, from, take }) => id === lead || (from === lead && take !== undefined))
    .map((each) => (each.id === task.id ? task : each))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** The other take that has the card of all: the lead, or since that was deleted the one that the card was handed to. */
export async function cardHolderOf(task: Task, store: Pick<Store, 'tasks'>): Promise<Task | undefined> {
  const lead = leadOf(task);
  if (lead === undefined) return undefined;
  const takes = async () => (await takesOf(task, store)).filter(({ id }) => id !== task.id);
  return (await store.tasks.get(lead)) ?? (await takes()).find((take) => !isOnOthersCard(take));
}

/** So many takes as were asked for; the command judges. */
export const takesIn = (given: { readonly [option: string]: unknown } | undefined): number =>
  z.number().int().catch(1).parse(given?.takes);

/** Has the card of several takes show how this one stands: its holder is due, and looks at all. False where there is none. */
export async function tellCardHolder(task: Task, store: Pick<Store, 'tasks'>): Promise<boolean> {
  const holder = await cardHolderOf(task, store);
  return holder !== undefined && (await store.tasks.ask(holder.id, { type: 'wake' })) !== undefined;
}

const numberOf = ({ take }: Task): number => take?.number ?? 1;
