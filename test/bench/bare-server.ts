import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import Database from 'libsql';

/*
 * What an acknowledgement is held against: the least that a server can do which keeps what it was given. Reads the body,
 * writes it to a file, fsyncs that, inserts a row with the store's own pragmas, answers. `node … bare-server.ts FOLDER`.
 */
const folder = process.argv[2] ?? '.';
const db = new Database(join(folder, 'bare.db'));
for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'cache_size = -16384'])
  db.prepare(`PRAGMA ${pragma}`).all();
db.exec(
  'CREATE TABLE requests (key TEXT PRIMARY KEY, scene TEXT NOT NULL, bytes INTEGER NOT NULL, at INTEGER NOT NULL)',
);
const insert = db.prepare<[Record<string, string | number>]>('INSERT INTO requests VALUES (:key, :scene, :bytes, :at)');

const app = new Hono();
app.post('/api/commands/animate', async (c) => {
  const { key = '', scene = '' } = c.req.query();
  const body = new Uint8Array(await c.req.arrayBuffer());
  const file = await open(join(folder, key), 'wx');
  await file.writeFile(body);
  await file.sync();
  await file.close();
  insert.run({ key, scene, bytes: body.length, at: Date.now() });
  return c.json({ key }, 201);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`listening at http://localhost:${port}`),
);
