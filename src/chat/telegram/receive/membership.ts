import type { Clock } from '../../../util/clock.ts';
import type { Telegram } from '../api/api.ts';

/** Asked anew after this: a person types a letter, and is asked about again. */
const KEPT_MS = 60_000;
const MAX_KEPT = 2_000;

/** Whether a person is in a group. What Telegram does not say counts as no. */
export type Membership = ReturnType<typeof createMembership>;

export function createMembership({ tg, clock }: { tg: Telegram; clock: Clock }) {
  const known = new Map<string, { until: number; isIn: boolean }>();

  return async (chat: string, person: number): Promise<boolean> => {
    const key = `${chat}:${person}`;
    const kept = known.get(key);
    if (kept && kept.until > clock.now()) return kept.isIn;
    const said = await tg.call((api, signal) => api.getChatMember(chat, person, signal));
    if (said.outcome === 'failed') return false;
    const { result: member } = said;
    const isIn =
      ['creator', 'administrator', 'member'].includes(member.status) ||
      (member.status === 'restricted' && member.is_member);
    const [oldest] = known.keys();
    if (known.size >= MAX_KEPT && oldest !== undefined) known.delete(oldest);
    known.delete(key);
    known.set(key, { until: clock.now() + KEPT_MS, isIn });
    return isIn;
  };
}
