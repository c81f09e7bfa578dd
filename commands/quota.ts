import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Quota } from './admission.ts';
import { defineCommand } from './command.ts';

/** What may still be asked for: clips and credits today, and clips that may wait now; what is absent has no end. */
export function leftOf({ budgetLeft, chat, ...own }: Quota): { clips?: number; credits?: number; room?: number } {
  const holders = chat ? [own, chat] : [own];
  return {
    clips: least(holders.map(({ mostToday, today }) => (mostToday === undefined ? undefined : mostToday - today))),
    credits: budgetLeft,
    room: least(
      holders.map(({ mostWaiting, waiting }) => (mostWaiting === undefined ? undefined : mostWaiting - waiting)),
    ),
  };
}

function least(all: readonly (number | undefined)[]): number | undefined {
  const known = all.filter((each) => each !== undefined);
  return known.length > 0 ? Math.max(0, Math.min(...known)) : undefined;
}

/** `/quota`: how much a person may still ask for. */
export const quotaCommand = defineCommand({
  name: 'quota',
  words: (locale) => messagesFor(locale).commands.quota,
  options: z.object({}),
  async run(origin, _options, { admission, provider }) {
    const quota = await admission.quota({ provider: provider.name, ...origin });
    return { type: 'details', text: messagesFor(origin.locale).quota(quota) };
  },
});
