import type { TestProject } from 'vitest/node';
import { z } from 'zod';

/** The test files that take part in a run. */
export async function filesOfRun(project: TestProject): Promise<string[]> {
  // Those named on the command line, where the runner tells; it has no public way to. Else all are meant.
  const asked = z.object({ filenamePattern: z.array(z.string()) }).safeParse(project.vitest).data?.filenamePattern;
  return (await project.globTestFiles(asked)).testFiles;
}
