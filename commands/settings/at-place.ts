import type { SettingsScope } from '../../src/store/chat-settings.ts';
import type { Store } from '../../src/store/store.ts';
import type { CommandDeps } from '../table.ts';
import { type ChosenSettings, readChosen } from './rows.ts';

/** What is set where something is asked for, or a clip was made. */
export const chosenAt = async (
  place: SettingsScope,
  { chatSettings }: Pick<Store, 'chatSettings'>,
): Promise<ChosenSettings> => readChosen((await chatSettings.get(place)).values);

/** The parts as they are for requests at a place: the chat's settings lie over the operator's, whose limits hold as well. */
export async function partsAt<Parts extends Pick<CommandDeps, 'store' | 'admission' | 'chosen'>>(
  place: SettingsScope,
  parts: Parts,
): Promise<Parts> {
  const chosen = await chosenAt(place, parts.store);
  return { ...parts, chosen, admission: parts.admission.within(chosen) };
}
