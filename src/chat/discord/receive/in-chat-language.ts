import { type Interaction, Locale } from 'discord.js';
import { localeAt } from '../../../../commands/settings/at-place.ts';
import { knownLocale } from '../../../messages/messages.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import type { RequestDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { placeOf } from './origin.ts';

/** Discord waits three seconds for an answer; a record that takes longer leaves a person their own language. */
const PATIENCE_MS = 300;

type Deps = Pick<RequestDeps, 'store' | 'clock'>;
type Whereabouts = Parameters<typeof placeOf>[0] & Pick<Heard, 'locale'>;

/** The language that is set where something was done, else the person's own. */
async function spokenAt(heard: Whereabouts, { store, clock }: Deps): Promise<string> {
  const place = placeOf(heard);
  const found = place && (await settleWithin(localeAt(place, heard.locale, store), PATIENCE_MS, clock));
  return found?.value ?? heard.locale;
}

/** What was heard, in the language that is set for its chat, where one is: whatever follows from it is in that. */
export const inChatLanguage = async (heard: Heard, deps: Deps): Promise<Heard> => ({
  ...heard,
  locale: await spokenAt(heard, deps),
});

/** The same for an interaction, which is discord.js's object and cannot be copied: Discord has a locale for each of ours. */
export async function speakChatLanguage(interaction: Interaction, deps: Deps): Promise<void> {
  const spoken = await spokenAt(interaction, deps);
  interaction.locale = Object.values(Locale).find((each) => spoken === knownLocale(each)) ?? interaction.locale;
}
