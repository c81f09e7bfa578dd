import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { describeForgetting } from './forgetting.ts';

describe('/forget, with SQLite', () => {
  describeForgetting({
    /** Every byte of every file, and their names. */
    async traces({ dir }) {
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      const read = files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => `${name}\n${await readFile(join(parentPath, name), 'latin1')}`);
      return (await Promise.all(read)).join('\n');
    },
  });
});
