import { signal } from '@preact/signals';
import type { LeftView } from '../view.ts';
import { api } from './api.ts';

/** What may still be asked for, as far as the server said so. */
export const left = signal<LeftView>({});

/** Looks anew. What cannot be asked stays as it was: the server refuses what is too much anyway. */
export async function lookWhatIsLeft(): Promise<void> {
  left.value = await api.left().catch(() => left.peek());
}

/** Clips of that cost that may be asked for `today`, where there is an end to them, and at once. */
export function mostNow({ clips, credits, room }: LeftView, each: number): { today?: number; now: number } {
  const affordable = credits === undefined || each === 0 ? undefined : Math.floor(credits / each);
  const known = [clips, affordable].filter((most) => most !== undefined);
  const today = each > 0 && known.length > 0 ? Math.max(0, Math.min(...known)) : undefined;
  return { today, now: Math.min(today ?? Number.POSITIVE_INFINITY, room ?? Number.POSITIVE_INFINITY) };
}
