import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { messagesFor } from '../../src/messages/messages.ts';
import { defineCommand } from '../command.ts';
import { deniedTo } from '../denied-to.ts';
import type { Reply } from '../reply.ts';
import type { CommandDeps, RequestOrigin } from '../table.ts';
import { readChosen, readGiven, rowOf, type SettingName, settingNamed } from './rows.ts';
import { isOffered, operatorIn, settingsReply } from './view.ts';

/** `/settings`: what those who manage a chat can set there, and each for themselves where they are alone with the bot. */
export const settingsCommand = defineCommand({
  name: 'settings',
  who: 'managers',
  words: (locale) => messagesFor(locale).commands.settings,
  options: z.object({}),
  run: showSettings,
});

async function showSettings(origin: RequestOrigin, _options: object, deps: CommandDeps): Promise<Reply> {
  return settingsReply(await deps.store.chatSettings.get(origin.place), origin, deps);
}

/** The settings once more, for who looks at them already. What a client sends may be forged: who may is asked each time. */
export const openSettings = async (origin: RequestOrigin, deps: CommandDeps): Promise<Reply> =>
  (await deniedTo('managers', origin, deps)) ?? showSettings(origin, {}, deps);

/** Why clips cannot be posted in a channel that was chosen for that, as a sentence. */
function obstacleOf(name: SettingName, value: unknown, { standing }: RequestOrigin): string | undefined {
  if (!rowOf(name).isPostedIn || !Array.isArray(value)) return undefined;
  return value.map((channel) => standing?.obstacleIn?.(String(channel))).find((sentence) => sentence !== undefined);
}

/** Sets one setting, or leaves it as usual (`given` absent or empty); answers with all of them as they then are. */
export async function changeSetting(
  { origin, name, given }: { origin: RequestOrigin; name: string; given?: string | readonly string[] },
  deps: CommandDeps,
): Promise<Reply> {
  const denied = await deniedTo('managers', origin, deps);
  if (denied) return denied;
  const words = messagesFor(origin.locale).settings;
  const named = settingNamed(name);
  if (named === undefined || !isOffered(named, origin, deps)) return { type: 'refused', text: words.unknown };
  const isUsual = given === undefined || given.length === 0;
  const operator = operatorIn(deps);
  const read = isUsual ? { value: undefined } : readGiven(named, given, operator);
  if (!read) return { type: 'refused', text: words.wrong(words.rows[named].label) };
  const obstacle = obstacleOf(named, read.value, origin);
  if (obstacle !== undefined) return { type: 'refused', text: obstacle };
  const { chatSettings, now } = deps.store;
  const before = await chatSettings.get(origin.place);
  const { value } = read;
  if (isDeepStrictEqual(before.values[named], value)) return settingsReply(before, origin, deps);
  const { id, name: who } = origin.requester;
  const change = { name: named, value, by: { id, name: who }, at: now() };
  const after = await chatSettings.change(origin.place, change, { isAlone: origin.standing?.isAlone });
  const { language = origin.locale } = readChosen(after.values);
  return settingsReply(after, { ...origin, locale: language }, deps);
}
