import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Api } from '../api/rest.ts';
import type { MessageRef } from '../ids.ts';
import type { Pictures } from '../send/pictures.ts';
import type { RecentRefusals } from '../send/recent-refusals.ts';

/** The parts that turn what people do on Discord into commands, and answer it. */
export type RequestDeps = Omit<ListenDeps, 'fail'> & {
  api: Api;
  recentRefusals: RecentRefusals;
  pictures: Pictures;
  files: Pick<TaskFiles, 'thumbnail'>;
  /** Makes the buttons of a message say what they say of its task as it is on record then. */
  relabel(shown: MessageRef, taskId: string): void;
  clock: Clock;
  log: Log;
};
