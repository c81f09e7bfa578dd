import { probeStore } from '../store/probe.ts';
import { PlainError } from '../util/plain-error.ts';
import { type Check, fine, off } from './check.ts';

export const recordCheck: Check = {
  name: 'Record',
  of: 'set-up',
  async look({ config }) {
    try {
      return [fine(await probeStore(config))];
    } catch (error) {
      if (error instanceof PlainError) return [off(error.message)];
      throw error;
    }
  },
};
