import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeFolder } from '../../src/util/remove-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-remove-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a folder goes while somebody still writes there, file after file', async () => {
  const folder = join(dir, 'job');
  await mkdir(folder);
  await writeFile(join(folder, 'first'), '');
  async function writeOn(): Promise<void> {
    for (let n = 0; n < 300 && existsSync(folder); n++) {
      writeFileSync(join(folder, `${n}`), '');
      await turn();
    }
  }
  await Promise.all([removeFolder(folder), writeOn()]);
  expect(existsSync(folder)).toBe(false);
});

test('so does a file, and what is not there is no trouble', async () => {
  const file = join(dir, 'file');
  await writeFile(file, 'x');
  for (const _ of [1, 2]) await removeFolder(file);
  expect(existsSync(file)).toBe(false);
});
