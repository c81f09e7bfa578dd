import type { Task } from '../../task/task.ts';
import type { Outgoing } from '../chat.ts';

export const PLATFORM = 'discord';

/** `Task.requester.id` of a person on Discord, and back. */
export const personOf = (userId: string): string => `${PLATFORM}:${userId}`;
export const userOf = ({ requester }: Pick<Task, 'requester'>): string => requester.id.slice(PLATFORM.length + 1);

/** A message on record: its channel and its id. */
export interface MessageRef {
  channel: string;
  message: string;
}

export const writeRef = ({ channel, message }: MessageRef): string => `${channel}/${message}`;

export function readRef(text: string | undefined): MessageRef | undefined {
  const [, channel, message] = /^(\d+)\/(\d+)$/.exec(text ?? '') ?? [];
  return channel === undefined || message === undefined ? undefined : { channel, message };
}

/** A message's kind in one letter: after the task's id it makes the nonce, and in its buttons it tells it from the others. */
export function kindCode(kind: 'card' | Outgoing['kind'], task: Task): string {
  if (kind === 'card') return 'c';
  if (kind === 'clip') return 'v';
  // Each attempt may leave a doubt of its own.
  if (kind.startsWith('notice-doubt')) return String(task.attempts.length % 10);
  if (kind === 'notice-link') return 'l';
  if (kind === 'notice-reported') return 'r';
  return 'f';
}

/** The id of a button: its action and task, the kind of its message, and the number of its next press. */
export interface ButtonId {
  action: string;
  taskId: string;
  letter: string;
  n: number;
}

export const writeButton = ({ action, taskId, letter, n }: ButtonId): string => `${action}:${taskId}:${letter}${n}`;

export function readButton(customId: string): ButtonId | undefined {
  const [, action, taskId, letter, n] = /^([a-z-]{1,16}):([0-9a-f]{24}):(\w)(\d{1,6})$/.exec(customId) ?? [];
  if (action === undefined || taskId === undefined || letter === undefined) return undefined;
  return { action, taskId, letter, n: Number(n) };
}

/** The buttons of a message's components. */
export const readButtons = (components: unknown): ButtonId[] =>
  [...JSON.stringify(components ?? []).matchAll(/"custom_?[iI]d":"([^"]+)"/g)].flatMap(
    ([, id]) => readButton(id ?? '') ?? [],
  );

/** How a button of a task's message of this kind goes on after its action. */
export const buttonMark = (taskId: string, letter: string): string => `:${taskId}:${letter}`;

/** The id of a question's form: the action that asks, and its task. */
export interface FormId {
  action: string;
  taskId: string;
}

export const writeForm = ({ action, taskId }: FormId): string => `${action}:${taskId}`;

export function readForm(customId: string): FormId | undefined {
  const [, action, taskId] = /^([a-z-]{1,16}):([0-9a-f]{24})$/.exec(customId) ?? [];
  return action === undefined || taskId === undefined ? undefined : { action, taskId };
}

/** The letter of what stands behind **More**: a message for one person alone, which is never edited from outside. */
export const MENU_LETTER = 'm';

/** The id of a select of places: the action that asks where, and its task. */
export const writeWhere = ({ action, taskId }: FormId): string => `where:${action}:${taskId}`;
export const readWhere = (customId: string): FormId | undefined =>
  customId.startsWith('where:') ? readForm(customId.slice('where:'.length)) : undefined;

/** The id of a button that turns to a page of a view of clips. */
export interface PageId {
  view: string;
  number: number;
}

export const writePage = ({ view, number }: PageId): string => `page:${view}:${number}`;

export function readPage(customId: string): PageId | undefined {
  const [, view, number] = /^page:([0-9a-f]{12}):(\d{1,3})$/.exec(customId) ?? [];
  return view === undefined ? undefined : { view, number: Number(number) };
}

/** The id of the button under a question whether a person means it: the question. */
export const writeConfirm = (question: string): string => `confirm:${question}`;
export const readConfirm = (customId: string): string | undefined => /^confirm:([0-9a-f]{12})$/.exec(customId)?.[1];

/** The id of a select of tasks: the action that is done to the one that is chosen. */
export const writeChoice = (action: string): string => `choose:${action}`;
export const readChoice = (customId: string): string | undefined => /^choose:([a-z-]{1,16})$/.exec(customId)?.[1];

/** `ask` opens the form of a number. */
const SETTING_STEPS = ['pick', 'ask', 'value', 'usual', 'back'] as const;

/** The id of what stands under a chat's settings: what is done, and to which of them. */
export interface SettingId {
  step: (typeof SETTING_STEPS)[number];
  /** Empty where it is none yet. */
  name: string;
}

export const writeSetting = ({ step, name }: SettingId): string => `set:${step}:${name}`;

export function readSetting(customId: string): SettingId | undefined {
  const [, said, name = ''] = /^set:([a-z]{1,8}):([a-zA-Z]{0,32})$/.exec(customId) ?? [];
  const step = SETTING_STEPS.find((each) => each === said);
  return step && { step, name };
}

const EPOCH_MS = 1_420_070_400_000;

/** The least id that something from this instant on can have. */
export const snowflakeAt = (ms: number): string => String(BigInt(Math.max(0, Math.floor(ms) - EPOCH_MS)) << 22n);
