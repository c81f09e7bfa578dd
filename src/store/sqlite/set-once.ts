import { z } from 'zod';
import { key } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Db } from './db.ts';

const PROPOSE = 'INSERT INTO agreed (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING';
const GET = 'SELECT value FROM agreed WHERE name = :name';
const agreedSchema = z.object({ value: z.string() });

export function createAgree(db: Db): Store['setOnce'] {
  return async (name, value) => {
    db.run(PROPOSE, { name: key(name), value });
    const [agreed] = db.rows(agreedSchema, GET, { name: key(name) });
    return agreed?.value ?? value;
  };
}
