import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { ChosenSettings } from '../../../../commands/settings/rows.ts';
import type { Command, CommandDeps, OptionInfo } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { DURATIONS_SECONDS, MOTION_RANGE, type Options, TAKES } from '../../../task/options.ts';
import { dataOf } from '../buttons.ts';
import { type Question, questionId } from './questions.ts';
import { optionOf } from './spoken.ts';

/** Options that a question offers as buttons, and the values of a range that they go through. */
const OFFERED = ['duration', 'motion', 'fit', 'takes'];
const MOTIONS = [2, MOTION_RANGE.usual, 8];

/** A button under a question. A client may send what no button has. */
export type Choice =
  | { type: 'set'; option: string; value: string }
  /** Make it: with the words that were said, or without any. */
  | { type: 'go' | 'wordless' }
  | { type: 'no' };

/** The data of a button under a question, which it names. */
const writeChoice = (choice: Choice, id: string): string =>
  choice.type === 'set' ? `ask:${id}:set:${choice.option}:${choice.value}` : `ask:${id}:${choice.type}`;

const DATA = /^ask:([0-9a-f]{16}):(?:(go|wordless|no)|set:([a-z]{1,16}):(\w{1,16}))$/;

/** Undefined where it is none. */
export function readChoice(data: string): { id: string; choice: Choice } | undefined {
  const [, id, type, option, value] = DATA.exec(data) ?? [];
  if (id === undefined) return undefined;
  if (option !== undefined && value !== undefined) return { id, choice: { type: 'set', option, value } };
  return type === 'go' || type === 'wordless' || type === 'no' ? { id, choice: { type } } : undefined;
}

/** The question that a message of ours asks, by its buttons. */
export const askedUnder = (shown: InlineKeyboardMarkup | undefined): string | undefined =>
  shown?.inline_keyboard.flat().flatMap((button) => readChoice(dataOf(button) ?? '')?.id ?? [])[0];

/** What a question's clip would be made with, as things stand. */
export type Chosen = Pick<Options, 'duration' | 'motion' | 'fit'> & { takes?: number };

export const usualChoices = (
  { duration, fit }: Pick<ChosenSettings, 'duration' | 'fit'>,
  { defaultFit }: Pick<CommandDeps, 'defaultFit'>,
): Chosen => ({
  duration: duration ?? DURATIONS_SECONDS[0],
  motion: MOTION_RANGE.usual,
  fit: fit ?? defaultFit,
  takes: TAKES[0],
});

/** Whether the picture that a question is about may move as it likes. */
export const mayBeWordless = ({ type }: Question, { provider }: Pick<CommandDeps, 'provider'>): boolean =>
  type === 'picture' && provider.capabilities.wordless === true;

/** Length, motion, shape and takes, each a button that goes on to its next value; below them what makes the clip. */
export function questionKeyboard(
  question: Question,
  { command, chosen, locale }: { command: Command; chosen: Chosen; locale: string },
  { provider }: Pick<CommandDeps, 'provider'>,
): InlineKeyboardMarkup {
  const words = messagesFor(locale).telegram;
  const id = questionId(question);
  const now: Record<string, unknown> = { ...chosen, ...question.given };
  const labels = command.words(locale).options;
  const offered = OFFERED.flatMap((name) => command.options.find((option) => option.name === name) ?? []).filter(
    ({ name, isOnce }) =>
      !(name === 'motion' && provider.capabilities.ignoresMotion) && !(isOnce && question.type === 'action'),
  );
  const buttons = offered.map((option): InlineKeyboardButton => {
    const { label, name, choices } = labels[option.name] ?? { name: option.name };
    const value = String(now[option.name]);
    const next = String(nextOf(option, now[option.name]));
    const text = words.choice(label ?? name, choices?.[value] ?? value);
    return { text, callback_data: writeChoice({ type: 'set', option: option.name, value: next }, id) };
  });
  const credits =
    (provider.credits?.(Number(now.duration)) ?? 0) * (question.type === 'picture' ? Number(now.takes) : 1);
  const make = (type: 'go' | 'wordless', text: string): InlineKeyboardButton => ({
    text: words.costs(text, credits),
    callback_data: writeChoice({ type }, id),
  });
  const last =
    question.words === undefined
      ? mayBeWordless(question, { provider }) && optionOf(command, 'text')
        ? [make('wordless', words.wordless)]
        : []
      : [make('go', words.go), { text: words.no, callback_data: writeChoice({ type: 'no' }, id) }];
  return { inline_keyboard: [buttons.slice(0, 2), buttons.slice(2), last].filter((row) => row.length > 0) };
}

/** The value after this one; from the last on to the first. */
function nextOf({ choices = MOTIONS }: OptionInfo, value: unknown): string | number | undefined {
  const at = choices.findIndex((choice) => String(choice) === String(value));
  if (at >= 0) return choices[(at + 1) % choices.length];
  return choices.find((choice) => Number(choice) > Number(value)) ?? choices[0];
}

/** A value as a button names it, for the option that takes it. */
export function chosenValue({ option: name, value }: Extract<Choice, { type: 'set' }>, command: Command) {
  const option = OFFERED.includes(name) ? command.options.find((each) => each.name === name) : undefined;
  return option && (option.type === 'integer' ? Number(value) : value);
}
