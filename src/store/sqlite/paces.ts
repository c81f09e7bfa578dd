import { z } from 'zod';
import { key } from '../keys.ts';
import type { Paces } from '../store.ts';
import type { Db } from './db.ts';

const PUT = `
  INSERT INTO paces (kind, data) VALUES (:kind, :data) ON CONFLICT (kind) DO UPDATE SET data = excluded.data`;
const GET = 'SELECT data FROM paces WHERE kind = :kind';
const rowSchema = z.object({ data: z.string() });

export function createPaces(db: Db): Paces {
  return {
    async get(kind) {
      const found = db.rows(rowSchema, GET, { kind: key(kind) })[0];
      return found && JSON.parse(found.data);
    },
    async put(kind, learned) {
      await db.together(() => db.run(PUT, { kind: key(kind), data: JSON.stringify(learned) }));
    },
  };
}
