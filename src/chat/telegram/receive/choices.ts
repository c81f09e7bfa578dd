import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { continueAction } from '../../../../commands/continue.ts';
import type { ChosenSettings } from '../../../../commands/settings/rows.ts';
import type { Command, CommandDeps, OptionInfo } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { capabilitiesOf, creditsOf, shapesOf, usualSeconds } from '../../../providers/models.ts';
import type { Capabilities, Provider } from '../../../providers/provider.ts';
import { MOTION_RANGE, type Options, optionsSchema, TAKES } from '../../../task/options.ts';
import { dataOf } from '../buttons.ts';
import { type Question, questionId } from './questions.ts';
import { optionOf } from './spoken.ts';

/** Options that a question offers as buttons, and the values of a range that they go through. */
const OFFERED = ['duration', 'motion', 'shape', 'takes', 'fit', 'model', 'sound', 'frame'];
const MOTIONS = [2, MOTION_RANGE.usual, 8];
/** A button goes through no more lengths than these; any may be typed. */
const LENGTHS = [5, 10, 3, 7];

/** A button under a question. A client may send what no button has. */
export type Choice =
  | { type: 'set'; option: string; value: string }
  /** Make it: with the words that were said, or without any. */
  | { type: 'go' | 'wordless' }
  | { type: 'no' };

/** The data of a button under a question, which it names. */
const writeChoice = (choice: Choice, id: string): string =>
  choice.type === 'set' ? `ask:${id}:set:${choice.option}:${choice.value}` : `ask:${id}:${choice.type}`;

const DATA = /^ask:([0-9a-f]{16}):(?:(go|wordless|no)|set:([a-z]{1,16}):([\w.-]{1,24}))$/;

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
export type Chosen = Pick<Options, 'duration' | 'motion' | 'shape' | 'fit' | 'model' | 'sound' | 'frame'> & {
  takes?: number;
};

export const usualChoices = (
  { duration, shape, fit }: Pick<ChosenSettings, 'duration' | 'shape' | 'fit'>,
  { defaultFit, provider }: Pick<CommandDeps, 'defaultFit' | 'provider'>,
): Chosen => ({
  model: provider.model,
  sound: 'off',
  frame: 'first',
  duration: usualSeconds(provider.capabilities, duration),
  motion: MOTION_RANGE.usual,
  shape,
  fit: fit ?? defaultFit,
  takes: TAKES[0],
});

/** Whether the picture that a question is about may move as it likes. */
export const mayBeWordless = ({ type, given }: Question, { provider }: Pick<CommandDeps, 'provider'>): boolean =>
  type === 'picture' && capabilitiesOf(provider, modelIn(given)).wordless === true;

const modelIn = ({ model }: Question['given']): string | undefined => (typeof model === 'string' ? model : undefined);

/** What a question's clip would be made with: a length that nobody chose is the nearest that its model has, a shape one of its own. */
function chosenNow({ given }: Question, chosen: Chosen, provider: Provider): Record<string, unknown> {
  const limits = capabilitiesOf(provider, modelIn(given) ?? chosen.model);
  const { duration, frame = 'first' } = chosen;
  const shape = shapesOf(limits).find((each) => each === chosen.shape) ?? 'auto';
  return { ...chosen, frame, duration: usualSeconds(limits, duration), shape, ...given };
}

/** Length, motion, shape, takes and fit, model and sound where there is a choice, each a button that goes on to its next value; below them what makes the clip. */
export function questionKeyboard(
  question: Question,
  {
    command,
    chosen,
    locale,
    isOfNext = false,
  }: {
    command: Command;
    chosen: Chosen;
    locale: string;
    /** The clip that it is about goes on from another. */
    isOfNext?: boolean;
  },
  { provider }: Pick<CommandDeps, 'provider'>,
): InlineKeyboardMarkup {
  const words = messagesFor(locale).telegram;
  const id = questionId(question);
  const now = chosenNow(question, chosen, provider);
  const model = typeof now.model === 'string' ? now.model : undefined;
  const can = capabilitiesOf(provider, model);
  // It begins where the other ends.
  const goesOn = isOfNext || (question.type === 'action' && question.action === continueAction.id);
  const labels = command.words(locale).options;
  const offered = OFFERED.flatMap((name) => command.options.find((option) => option.name === name) ?? []).filter(
    ({ name, isOnce }) =>
      !(name === 'motion' && can.ignoresMotion) &&
      !(name === 'sound' && !can.sound) &&
      !(name === 'frame' && (!can.endFrame || goesOn)) &&
      !(name === 'shape' && shapesOf(can).length === 0) &&
      !(isOnce && question.type === 'action'),
  );
  const buttons = offered.map((option): InlineKeyboardButton => {
    const { label, name, choices } = labels[option.name] ?? { name: option.name };
    const value = String(now[option.name] ?? option.choices?.at(-1));
    const steps = stepsOf(option.name, can);
    const next = String(nextOf(steps?.length ? { choices: steps } : option, value));
    const text = words.choice(label ?? name, option.nameOf?.(value, locale) ?? choices?.[value] ?? value);
    return { text, callback_data: writeChoice({ type: 'set', option: option.name, value: next }, id) };
  });
  const each = creditsOf(provider, { model, duration: secondsIn(now), sound: now.sound === 'on' ? 'on' : 'off' });
  const credits = each * (question.type === 'picture' ? Number(now.takes) : 1);
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
  const rows = [buttons.slice(0, 2), buttons.slice(2, 4), ...buttons.slice(4).map((one) => [one]), last];
  return { inline_keyboard: rows.filter((row) => row.length > 0) };
}

/** The values that a button goes through, where the model has not all of them. */
function stepsOf(option: string, can: Capabilities): OptionInfo['choices'] {
  if (option === 'duration') return LENGTHS.filter((length) => can.durations.includes(length));
  return option === 'shape' ? shapesOf(can) : undefined;
}

const secondsIn = ({ duration }: Record<string, unknown>): Options['duration'] | undefined =>
  optionsSchema.shape.duration.safeParse(duration).data;

/** What was chosen, with a value more: a length and a shape that the model does not have are open again. */
export function withValue(
  given: Question['given'],
  { option, value }: { option: string; value: unknown },
  { provider }: Pick<CommandDeps, 'provider'>,
): Question['given'] {
  const next = { ...given, [option]: value };
  if (option !== 'model') return next;
  const limits = capabilitiesOf(provider, modelIn(next));
  const isLost = (name: string, chosen: unknown): boolean =>
    (name === 'duration' && !limits.durations.includes(Number(chosen))) ||
    (name === 'shape' && !shapesOf(limits).some((shape) => shape === chosen));
  return Object.fromEntries(Object.entries(next).filter(([name, chosen]) => !isLost(name, chosen)));
}

/** The value after this one; from the last on to the first. */
function nextOf({ choices = MOTIONS }: Pick<OptionInfo, 'choices'>, value: unknown): string | number | undefined {
  const at = choices.findIndex((choice) => String(choice) === String(value));
  if (at >= 0) return choices[(at + 1) % choices.length];
  return choices.find((choice) => Number(choice) > Number(value)) ?? choices[0];
}

/** A value as a button names it, for the option that takes it. */
export function chosenValue({ option: name, value }: Extract<Choice, { type: 'set' }>, command: Command) {
  const option = OFFERED.includes(name) ? command.options.find((each) => each.name === name) : undefined;
  return option && (option.type === 'integer' ? Number(value) : value);
}
