import type { Messenger } from '../chat/chat.ts';
import type { Provider } from '../providers/provider.ts';
import type { Task, TaskState } from '../task/task.ts';

const NEEDS_PROVIDER: ReadonlySet<TaskState> = new Set(['received', 'queued', 'submitting', 'rendering']);
const NEEDS_CHAT: ReadonlySet<TaskState> = new Set(['unconfirmed', 'delivering', 'delivered', 'failed', 'cancelled']);

const missing = (): never => {
  throw new Error('this step needs a provider and a chat');
};
const NO_PROVIDER: Provider = {
  name: 'none',
  capabilities: { sizes: [], durations: [], maxSceneChars: 0, minPollMs: 0, concurrency: 0, paid: true, local: false },
  submit: missing,
  poll: missing,
  close: async () => {},
};
const NO_CHAT: Messenger = { platform: 'none', editMs: 0, showCard: missing, send: missing };

/** Stands in where a task's provider is not configured now and its step needs none: a finished clip is delivered. */
export const withoutProvider = ({ state }: Task): Provider | undefined =>
  NEEDS_PROVIDER.has(state) ? undefined : NO_PROVIDER;

/** The same for its chat: a clip is made, and waits for its chat to be configured again. */
export const withoutChat = ({ state, picture }: Task): Messenger | undefined =>
  NEEDS_CHAT.has(state) || picture.type === 'remote' ? undefined : NO_CHAT;
