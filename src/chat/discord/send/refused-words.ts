import type { Ledger } from '../../chat.ts';

/** On record once AutoMod refused the words of a scene: each further try would be another alert to the moderators. */
const REFUSED = 'words-refused';

export const areRefused = ({ sent }: Pick<Ledger, 'sent'>): boolean => sent[REFUSED] !== undefined;

/** Remembers it, whichever process shows what comes next. */
export async function refuseWords({ record }: Pick<Ledger, 'record'>, channel: string): Promise<void> {
  await record(REFUSED, channel);
}
