import type { Look } from '../src/store/look.ts';
import { DAY_MS } from './counted-today.ts';

/** One refusal by moderation may be a slip; from the second within a day on, each pause is six times the one before. */
const MODERATION_PAUSE = { from: 2, firstMs: 10 * 60_000, factor: 6, mostMs: DAY_MS };

/** How long a person still has to wait after moderation refused them again and again: it protects the account. */
export function moderationPause({ count, lastAt }: Look['moderated'], now: number): number {
  if (count < MODERATION_PAUSE.from || lastAt === undefined) return 0;
  const { from, firstMs, factor, mostMs } = MODERATION_PAUSE;
  const pauseMs = Math.min(mostMs, firstMs * factor ** Math.min(count - from, 10));
  // The clock may have been set back since.
  return Math.min(pauseMs, lastAt + pauseMs - now);
}
