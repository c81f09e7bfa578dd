import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import type { TaskFiles } from '../../kit/task-files.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Api } from '../api/rest.ts';
import type { Pictures } from '../send/pictures.ts';
import type { Relabel } from './relabel.ts';

/** The parts that turn what people do on Discord into commands, and answer it. */
export type RequestDeps = Omit<ListenDeps, 'fail'> & {
  api: Api;
  pictures: Pictures;
  files: Pick<TaskFiles, 'thumbnail'>;
  relabel: Relabel;
  clock: Clock;
  log: Log;
};
