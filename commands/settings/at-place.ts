import type { SettingsScope } from '../../src/store/chat-settings.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { controlsLately } from '../admin/controls.ts';
import type { CommandDeps } from '../table.ts';
import { type ChosenSettings, readChosen } from './rows.ts';

/** What is set where something is asked for, or a clip was made. */
export async function chosenAt(
  place: SettingsScope,
  { chatSettings }: Pick<Store, 'chatSettings'>,
): Promise<ChosenSettings> {
  // Admission asks for the other next: together they are one question.
  const [{ values }] = await Promise.all([chatSettings.lately(place), controlsLately({ chatSettings })]);
  return readChosen(values);
}

/**
 * The language of a moment there: the one that those who manage the chat chose, else the person's own. All that follows is
 * in it: what is recorded with a task, its card, the answer. Where the record is away it is the person's own.
 */
export async function localeAt(place: SettingsScope, own: string, store: Pick<Store, 'chatSettings'>): Promise<string> {
  try {
    return (await chosenAt(place, store)).language ?? own;
  } catch (error) {
    if (error instanceof StoreUnavailable) return own;
    throw error;
  }
}

/** The parts as they are for requests at a place: the chat's settings lie over the operator's, whose limits hold as well. */
export async function partsAt<Parts extends Pick<CommandDeps, 'store' | 'admission' | 'chosen'>>(
  place: SettingsScope,
  parts: Parts,
): Promise<Parts> {
  const chosen = await chosenAt(place, parts.store);
  return { ...parts, chosen, admission: parts.admission.within(chosen) };
}
