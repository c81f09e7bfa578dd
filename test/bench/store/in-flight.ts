import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from '../../helpers/compiled.ts';
import { atMost, type Result } from '../bench.ts';
import { memoryOf } from '../memory.ts';
import { multiply } from './multiply.ts';
import type { Where } from './where.ts';

const IN_FLIGHT = 10_000;
const CHILD = compiled('test/bench/store/in-flight-child.ts');

/**
 * The most memory a process of its own has had by the time its worker has looked at every one of ten thousand jobs, all
 * due at once as after a restart.
 */
export async function ofInFlight({ name, fresh }: Where): Promise<Result[]> {
  const url = fresh();
  await multiply(url, IN_FLIGHT, 'rendering');
  const child = spawn(process.execPath, [...CHILD, url, `${IN_FLIGHT}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ended = once(child, 'exit');
    const seen = once(createInterface({ input: child.stdout }), 'line').then(() => memoryOf(child.pid));
    const memory = await Promise.race([
      seen,
      ended.then(() => Promise.reject(new Error('the worker’s process ended'))),
    ]);
    return memory ? [atMost(250, `${name}: memory, ${IN_FLIGHT} tasks in flight`, memory.peakMb, 'MB')] : [];
  } finally {
    child.kill('SIGKILL');
  }
}
