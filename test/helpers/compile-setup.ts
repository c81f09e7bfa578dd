import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const run = promisify(execFile);
const compile = () => run(process.execPath, ['compile.js', 'test']);

/** Compiles what tests start as processes of their own, before a run and before each further one of `watch`. */
export async function setup(project: TestProject): Promise<void> {
  await compile();
  project.onTestsRerun(async () => void (await compile()));
}
