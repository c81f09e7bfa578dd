import { withLibsql } from './libsql.ts';
import type { StoreConfig } from './open.ts';

/**
 * Looks whether the record that is configured could be used, and changes nothing of it. Gives where it is, in words; throws
 * `StoreUnavailable` or another plain sentence where it could not.
 */
export async function probeStore({ dataDir, mongoUrl }: StoreConfig): Promise<string> {
  if (mongoUrl !== undefined) {
    const { probeMongo } = await import('./mongo/probe.ts');
    return probeMongo(mongoUrl);
  }
  const { probeSqlite } = await withLibsql(import('./sqlite/probe.ts'));
  return probeSqlite(dataDir);
}
