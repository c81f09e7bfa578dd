import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from './browser-program.ts';
import { filesOfRun } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One browser for all, told by its address; a test opens a window of its own there. */
    browserUrl: string | undefined;
  }
}

/** Calls nobody at home: a test's browser talks to the test's server only. */
const QUIET = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Before a run in which a file takes part that asks for `noBrowser`: starts Chromium (`CHROMIUM_PATH`, or the first on
 * PATH). Where there is none those files are skipped, which is said once; where `CI` says that this run counts, it
 * fails instead.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide('browserUrl', undefined);
  const suites: string[] = [];
  for (const file of await filesOfRun(project))
    if ((await readFile(file, 'utf8')).includes('noBrowser')) suites.push(basename(file));
  if (suites.length === 0) return undefined;
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const lack = `NO BROWSER for ${suites.length} test files (${suites.join(', ')}). Install chromium or set CHROMIUM_PATH.`;
    if (process.env.CI === 'true') throw new Error(lack);
    process.stderr.write(`\n!!! ${lack} They are SKIPPED.\n\n`);
    return undefined;
  }
  // Without a sandbox because containers and build machines seldom allow one; it opens our own pages only.
  const server = await chromium.launchServer({ executablePath, args: ['--no-sandbox', ...QUIET], host: '127.0.0.1' });
  project.provide('browserUrl', server.wsEndpoint());
  return () => server.close();
}
