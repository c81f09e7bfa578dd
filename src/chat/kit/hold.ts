import type { Ledger } from '../chat.ts';

/** Puts a message on record, as its kind. Returns the one that holds; `remove` takes ours away where it lost. */
export async function hold(
  ledger: Pick<Ledger, 'record'>,
  { kind, own }: { kind: string; own: string },
  remove: () => Promise<unknown>,
): Promise<string> {
  const held = await ledger.record(kind, own);
  if (held !== own) await remove();
  return held;
}
