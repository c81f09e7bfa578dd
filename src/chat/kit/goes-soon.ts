import type { Store } from '../../store/store.ts';

/** What is for one person alone stands where others read it for so long. */
const STAYS_MS = 60_000;

/** What the removal of one message is known by: two bots may have a message of the same number in a chat. */
export const removalIdOf = ({ platform, at }: { platform: string; at: string }): string => `${platform} ${at}`;

/** Has a message taken away after a while, a minute unless said, also after a restart; `at`: as `Task.sent` has them. */
export const goesSoon = (
  { removals, now }: Pick<Store, 'removals' | 'now'>,
  { platform, at, staysMs = STAYS_MS }: { platform: string; at: string; staysMs?: number },
): Promise<void> =>
  removals.put({ id: removalIdOf({ platform, at }), platform, sent: { line: at }, dueAt: now() + staysMs, tries: 0 });
