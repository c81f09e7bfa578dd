import type { Action } from './table.ts';

/** An action, which a person can press: one file, and one line in `commands/index.ts`. It knows no platform. */
export const defineAction = (action: Omit<Action, 'renews'> & { renews?: boolean }): Action => ({
  renews: false,
  ...action,
});
