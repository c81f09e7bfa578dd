import type { Utilization } from '../../src/worker/yield-while-busy.ts';

/** Of a process that nobody asks for anything, however busy the tests keep it. */
export const IDLE: Utilization = () => ({ idle: 1, active: 0, utilization: 0 });
