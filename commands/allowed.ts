import { type Place, serviceOf } from '../src/task/task.ts';
import type { Asked } from './limits.ts';

/** The entries of ALLOW that would let a person in, and whether they look after a chat with others in it. */
export async function entriesFor({ requester: { id }, place, standing }: Asked) {
  const { platform, community, chat } = place;
  if (standing?.isAlone) return { here: id, person: id, manages: false };
  return {
    here: `${serviceOf(platform)}:${community ?? chat}`,
    person: id,
    manages: (await standing?.manages?.()) ?? false,
  };
}

/** Strangers spend nothing: on a public platform only those who are named. */
export function isAllowed(allow: readonly string[], { platform, community, chat }: Place, person: string): boolean {
  if (allow.includes('*')) return true;
  const service = serviceOf(platform);
  return [`${service}:${community}`, `${service}:${chat}`, person].some((name) => allow.includes(name));
}
