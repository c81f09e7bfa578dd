import { oldNode } from '../node-version.js';
import { type Check, fine, off } from './check.ts';

export const nodeCheck: Check = {
  name: 'Node.js',
  of: 'settings',
  async look() {
    const old = oldNode();
    return [old === undefined ? fine(process.versions.node) : off(old)];
  },
};
