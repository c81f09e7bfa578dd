import type { CallbackQuery } from 'grammy/types';
import type { Reply } from '../../../../commands/reply.ts';
import { changeSetting, openSettings } from '../../../../commands/settings/settings.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { goesSoon } from '../../kit/goes-soon.ts';
import { dataOf } from '../buttons.ts';
import { personOf, placeOf, writeRef } from '../places.ts';
import { answerPress } from './answer-press.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { originOf } from './origin.ts';
import { HERE, readSetting, type SettingPress, settingsSheet } from './settings-sheet.ts';

/** In a group they go so long after they were last pressed. */
const STAYS_MS = 5 * 60_000;

/** Shows what is set: in a group for some minutes, where its administrators alone can press. */
export async function showSettings(
  reply: Extract<Reply, { type: 'settings' }>,
  { target, origin, acknowledge }: Heard,
  { answers }: ReceiveDeps,
): Promise<void> {
  await acknowledge('');
  const sheet = settingsSheet(reply, { standing: origin.standing });
  await answers.later(() =>
    target.chat.startsWith('-') ? answers.postForNow(target, sheet, STAYS_MS) : answers.post(target, sheet),
  );
}

/** Takes a press under settings. Whether the person may is asked each time: a client may send what no button has. */
export async function takeSetting(query: CallbackQuery, press: SettingPress, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const { answers, poster, store, keyboards } = deps;
  const refuse = (text: string) => answerPress(query, text, true, deps);
  const buttons = shown && 'reply_markup' in shown ? (shown.reply_markup?.inline_keyboard.flat() ?? []) : [];
  // Data that a client makes up turns no other message of ours into settings.
  const areSettings = buttons.some((button) => readSetting(dataOf(button) ?? ''));
  if (!shown || shown.date === 0 || !areSettings) return refuse(messagesFor(locale).telegram.oldButton);
  const place = placeOf(shown, deps);
  const isForum = shown.chat.is_forum === true;
  const asked = { requestKey: `${deps.platform}:press:${query.id}`, requester: personOf(from), place, locale };
  const origin = originOf(asked, deps, { isForum });
  const at = { chat: place.chat, message: shown.message_id };
  // Other people's updates do not wait for Telegram's word on this person.
  await answers.later(
    async () => {
      const reply = await replyTo(press, origin, deps);
      if (reply.type !== 'settings') return refuse('text' in reply ? reply.text : '');
      await answerPress(query, '', false, deps);
      if (place.chat.startsWith('-'))
        await goesSoon(store, { platform: deps.platform, at: writeRef(at), staysMs: STAYS_MS });
      const picked = press.value === undefined ? press.name : undefined;
      const { text, entities, keyboard } = settingsSheet(reply, { standing: origin.standing, picked });
      keyboards.forget(at);
      const how = { priority: 'answer', key: `settings:${writeRef(at)}` } as const;
      await answers.patiently(() =>
        poster.throttled(at.chat, how, (api, signal) =>
          api.editMessageText(at.chat, at.message, text, { entities, reply_markup: keyboard }, signal),
        ),
      );
    },
    `settings:${writeRef(at)}`,
  );
}

async function replyTo({ name, value }: SettingPress, origin: RequestOrigin, deps: ReceiveDeps): Promise<Reply> {
  if (value === undefined) return openSettings(origin, deps);
  if (value !== HERE) return changeSetting({ origin, name, given: value }, deps);
  const reply = await openSettings(origin, deps);
  const field = reply.type === 'settings' ? reply.fields.find((each) => each.name === name) : undefined;
  if (!field || !('ids' in field)) return reply;
  // The topic that was pressed in: in, or out where it is in already.
  const here = origin.standing?.channels ?? [];
  const others = field.ids.filter((id) => !here.includes(id));
  const given = others.length < field.ids.length ? others : [...others, ...here];
  return changeSetting({ origin, name, given }, deps);
}
