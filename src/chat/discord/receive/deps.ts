import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Api } from '../api/rest.ts';
import type { Pictures } from '../send/pictures.ts';
import type { RecentRefusals } from '../send/recent-refusals.ts';

/** The parts that turn what people do on Discord into commands, and answer it. */
export type RequestDeps = Omit<ListenDeps, 'fail'> & {
  api: Api;
  recentRefusals: RecentRefusals;
  pictures: Pictures;
  clock: Clock;
  log: Log;
};
