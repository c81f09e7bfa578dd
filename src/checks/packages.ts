import { createRequire } from 'node:module';
import { notForThisMachine } from '../util/native.ts';
import { type Check, fine, off } from './check.ts';

/** Packages with a part that is made for one system alone. */
const NATIVE = ['libsql', 'sharp'];

/** A `node_modules` that was copied from another machine has the parts of that one. */
export const packagesCheck: Check = {
  name: 'Packages',
  of: 'settings',
  async look() {
    const missing = NATIVE.filter((name) => !canLoad(name));
    if (missing.length === 0) return [fine('are there, for this machine')];
    return [off(notForThisMachine(missing))];
  },
};

/** Not by `import`, which in Node 20 ends the program where the same package fails twice. */
function canLoad(name: string): boolean {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch {
    return false;
  }
}
