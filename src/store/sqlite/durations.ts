import { key } from '../keys.ts';
import type { Durations } from '../store.ts';
import type { Db } from './db.ts';
import { dataSchema } from './shapes.ts';

const PUT = `
  INSERT INTO paces (kind, data) VALUES (:kind, :data) ON CONFLICT (kind) DO UPDATE SET data = excluded.data`;
const GET = 'SELECT data FROM paces WHERE kind = :kind';

export function createPaces(db: Db): Durations {
  return {
    async get(kind) {
      const found = db.rows(dataSchema, GET, { kind: key(kind) })[0];
      return found && JSON.parse(found.data);
    },
    async put(kind, learned) {
      await db.together(() => db.run(PUT, { kind: key(kind), data: JSON.stringify(learned) }));
    },
  };
}
