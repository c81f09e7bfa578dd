import { basename } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findMongoProgram, type MongoProgram } from './mongo-program.ts';
import { startMongoServer } from './mongo-server.ts';
import { filesOfRun } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One server for all, told by its address; a test uses a database of its own there. */
    mongoUrl: string | undefined;
    /** For servers of one's own, which are killed and started. */
    mongoProgram: MongoProgram | undefined;
  }
}

/**
 * Before a run in which a file named *mongo* takes part: finds a server (`TEST_MONGO_URL`, or a program that is started
 * here). Where there is none those files are skipped, which is said once; with `REQUIRE_MONGO=1` the run fails instead.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_MONGO_URL;
  const suites = (await filesOfRun(project)).map((file) => basename(file)).filter((file) => file.includes('mongo'));
  const program = suites.length > 0 ? await findMongoProgram() : undefined;
  project.provide('mongoProgram', program);
  project.provide('mongoUrl', given);
  if (suites.length === 0 || given) return undefined;
  if (!program) {
    const lack = `NO MONGODB for ${suites.length} test files (${suites.join(', ')}). Set TEST_MONGO_URL, or put mongod on the PATH.`;
    if (process.env.REQUIRE_MONGO === '1') throw new Error(lack);
    process.stderr.write(`\n!!! ${lack} They are SKIPPED.\n\n`);
    return undefined;
  }
  const server = await startMongoServer({ program, quick: true });
  project.provide('mongoUrl', server.url);
  return () => server.close();
}
