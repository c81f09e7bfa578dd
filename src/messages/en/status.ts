import { stepMinutes } from '../intl.ts';
import { about, ordinal } from './say.ts';

function within(ms: number): string {
  const minutes = stepMinutes(ms);
  if (minutes === undefined) return 'within a few hours';
  return minutes === 1 ? 'within a minute' : `within ${minutes} minutes`;
}

/** How a task stands, on its card. */
export const status = {
  received: 'Looking at your picture',
  queued: (ahead: { count: number; more: boolean }): string => {
    if (ahead.more) return `Queued, more than ${ahead.count} before you`;
    return ahead.count === 0 ? 'Queued, next in turn' : `Queued (${ordinal(ahead.count + 1)})`;
  },
  keysTrouble: (cost: number): string =>
    `The service takes no clips from this bot at present. Yours goes on by itself${cost > 0 ? '; nothing was spent' : ''}.`,
  /** `leftMs`: until the next try. */
  outage: (o: { isUnreachable: boolean; leftMs: number; cost: number }): string =>
    `${o.isUnreachable ? 'The service cannot be reached.' : 'The service is too busy to take clips.'} It is tried again ${within(o.leftMs)}${o.cost > 0 ? '; nothing was spent' : ''}.`,
  unseen: 'The service cannot be reached. Your clip is being made there, and comes as soon as it answers.',
  stopping: 'Stopping it.',
  stoppingPerhaps: 'Stopping it, unless it is already done.',
  submitting: 'Handing it to the renderer',
  waiting: 'Waiting for the renderer',
  rendering: (progress: number | undefined, leftMs: number | undefined): string => {
    const percent = progress === undefined ? 'Rendering' : `Rendering ${Math.round(progress * 100)} %`;
    return leftMs === undefined ? percent : `${percent}, ready in ${about(leftMs)}`;
  },
  paused: 'Those who run this bot have paused it. Your clip goes on by itself.',
  late: 'Rendering, and taking longer than usual. It is still being watched.',
  unconfirmed: 'The service did not answer. Checking whether it took the request.',
  ready: 'Sending your clip',
  delivered: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
