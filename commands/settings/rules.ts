import { messagesFor } from '../../src/messages/messages.ts';
import type { ChosenSettings } from './rows.ts';
import type { Standing } from './standing.ts';

/** Why those who manage the chat let nobody, or not this person, or not here, have clips made; undefined where they do. */
export function ruleAgainst(
  { isOn, roles, channels }: Pick<ChosenSettings, 'isOn' | 'roles' | 'channels'>,
  { standing, locale }: { standing?: Standing; locale: string },
): string | undefined {
  const words = messagesFor(locale).settings;
  if (isOn === false) return words.switchedOff;
  if (channels && !channels.some((id) => standing?.channels?.includes(id))) return words.notHere;
  return roles && !roles.some((id) => standing?.roles?.includes(id)) ? words.noRole : undefined;
}
