import type { Account } from './table.ts';

/** Of the calls so many fail. */
export const FAILING = 0.015;

/** People of one platform, who ask and press as people do, while some of the bot's calls fail. */
export interface People {
  settings: Record<string, string>;
  /** Resolves once the bot can be asked. */
  ready(): Promise<void>;
  /** The n-th request. Never rejects. */
  ask(n: number): Promise<void>;
  /** No call fails any more. */
  calm(): void;
  account(): Account;
  close(): Promise<void>;
}
