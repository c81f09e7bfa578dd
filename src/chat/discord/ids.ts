import type { Task } from '../../task/task.ts';
import type { Button, Outgoing } from '../chat.ts';

export const PLATFORM = 'discord';

/** `Task.requester.id` of a person on Discord, and back. */
export const personOf = (userId: string): string => `${PLATFORM}:${userId}`;
export const userOf = ({ requester }: Task): string => requester.id.slice(PLATFORM.length + 1);

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
  return 'f';
}

export const ACTIONS = ['cancel', 'again', 'edit', 'delete', 'retry', 'leave'] as const satisfies readonly Button[];

/** What a button carries: what it does to which task, on which kind of message, and for the how many-eth time. */
export interface ButtonId {
  action: Button;
  taskId: string;
  letter: string;
  n: number;
}

export const writeButton = ({ action, taskId, letter, n }: ButtonId): string => `${action}:${taskId}:${letter}${n}`;

export function readButton(customId: string): ButtonId | undefined {
  const [, action, taskId, letter, n] = /^(\w+):([0-9a-f]{24}):(\w)(\d{1,6})$/.exec(customId) ?? [];
  const known = ACTIONS.find((each) => each === action);
  if (!known || taskId === undefined || letter === undefined) return undefined;
  return { action: known, taskId, letter, n: Number(n) };
}

/** How a button of a task's message of this kind begins after its action. */
export const buttonMark = (taskId: string, letter: string): string => `:${taskId}:${letter}`;

const EPOCH_MS = 1_420_070_400_000;

/** The least id that something from this instant on can have. */
export const snowflakeAt = (ms: number): string => String(BigInt(Math.max(0, Math.floor(ms) - EPOCH_MS)) << 22n);
