import type { Clock } from '../../../util/clock.ts';
import { createSemaphore } from '../../../util/semaphore.ts';
import type { Messenger } from '../../chat.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import type { Api } from '../api/rest.ts';
import { PLATFORM } from '../ids.ts';
import type { DiscordConfig } from '../settings.ts';
import { showCard } from './card.ts';
import type { Pictures } from './pictures.ts';
import type { RecentRefusals } from './recent-refusals.ts';
import { type SendDeps, send } from './send.ts';
import { takeAway } from './take-away.ts';

/** Five edits in five seconds are what a channel takes, and it may have several cards. */
const EDIT_MS = 3_000;
const MAX_UPLOADS = 4;

/** Discord as the worker uses it, over REST alone: no gateway, and nothing of an interaction, is needed. */
export function createMessenger(deps: {
  api: Api;
  recentRefusals: RecentRefusals;
  pictures: Pictures;
  files: TaskFiles;
  clock: Clock;
  reply: DiscordConfig['reply'];
}): Messenger {
  const { api, recentRefusals, pictures, files, clock, reply } = deps;
  const upload = createSemaphore({ room: MAX_UPLOADS });
  const all: SendDeps = {
    api,
    files,
    clock,
    recentRefusals,
    reply,
    upload,
  };
  return {
    platform: PLATFORM,
    failsOnCard: true,
    editMs: EDIT_MS,
    openPicture: pictures.open,
    showCard: (task, card, ledger, signal) => showCard(all, { task, card, ledger }, signal),
    takeAway: (sent, signal, locale) => takeAway({ ...all, locale }, sent, signal),
    send: (task, message, ledger, signal) => send(all, { task, message, ledger }, signal),
  };
}
