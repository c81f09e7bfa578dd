import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Calls nobody at home: a test's browser talks to the test's server only. */
const QUIET = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `CHROMIUM_PATH`, or the first Chromium on PATH. */
function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

const path = findChromium();

/**
 * Whether the tests in a browser are left out: only where there is none, and never where `CI` says that this run counts
 * (there they fail instead).
 */
export const noBrowser = path === undefined && process.env.CI !== 'true';
if (noBrowser)
  console.warn('\n*** NO BROWSER: the tests of the page are SKIPPED. Install chromium or set CHROMIUM_PATH. ***\n');

export async function launchBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('The tests of the page need chromium on PATH, or CHROMIUM_PATH.');
  // Without a sandbox because containers and build machines seldom allow one; it opens our own pages only.
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', ...QUIET] });
}
