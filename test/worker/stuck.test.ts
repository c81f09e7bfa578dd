import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { describeStuck } from './stuck.ts';

describe('more than a thousand that are stuck, with SQLite', () => {
  let dir: string;
  let made = 0;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'stuck-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  describeStuck((clock) => openSqliteStore({ dir: join(dir, String(++made)), clock }));
});
