import type { Action } from './table.ts';

/** Something that a person can press: one file, and one line in `commands/index.ts`. It knows no platform. */
export const defineAction = (action: Omit<Action, 'renews'> & { renews?: boolean }): Action => ({
  renews: false,
  ...action,
});
