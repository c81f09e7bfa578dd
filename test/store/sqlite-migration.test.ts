import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { MIGRATIONS } from '../../src/store/sqlite/schema.ts';
import { HandClock, known } from '../contract/store/tools.ts';
import { OLD_TASK, TASK_OF_TODAY } from './old-task.ts';

/** What a program of version 3 wrote. */
const VERSION_3 = `
  INSERT INTO drafts (key, data, expires_at) VALUES ('"harbour ada"', '{"a":null}', 1767409445000);
  INSERT INTO paces (kind, data) VALUES ('"preview 5"', '{"seconds":[1,2]}');
  INSERT INTO parked (name, until, reason) VALUES ('"preview 0a1b2c3d"', 1767341045000, 'no-credits');
  INSERT INTO locks (name, owner, until) VALUES ('"telegram"', '"one"', 1767323075000);
  INSERT INTO meta (name, value) VALUES ('mark', 'moved away');
  INSERT INTO agreed (name, value) VALUES ('"web-secret"', 'c0ffee');
  INSERT INTO tasks (id, request_key, requester, provider, place, cost, state, rank, created_at, version, asked, ended_at,
                     fixed, decisions, accepted, sent, requests)
  VALUES ('000000000000000000000001', '"k1"', '"ada"', '"preview"', '["test","harbour"]', 0, 'failed', 0, 1767323045000,
          2, 0, 1767323045000, '${JSON.stringify(OLD_TASK.fixed)}', '${JSON.stringify(OLD_TASK.decisions)}',
          '{}', '{}', '{}');
  PRAGMA user_version = 3`;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-store-'));
  const db = new Database(join(dir, 'kinora.db'));
  for (const migration of MIGRATIONS.slice(0, 3)) db.exec(migration);
  db.exec(VERSION_3);
  db.close();
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('small values that an earlier version kept in six tables are taken over, once', async () => {
  const clock = new HandClock();
  for (const times of [1, 2]) {
    const store = await openSqliteStore({ dir, clock });
    expect(await store.drafts.get('harbour ada')).toEqual({ key: 'harbour ada', data: { a: null } });
    expect(await store.durations.get('preview 5')).toEqual({ seconds: [1, 2] });
    expect(await store.cooldowns.get('preview 0a1b2c3d')).toEqual({ until: 1767341045000, reason: 'no-credits' });
    expect(await store.setOnce('web-secret', 'another')).toBe('c0ffee');
    expect(await store.dump.marked()).toBe('moved away');
    // Whoever held it is dead: one process has the file.
    expect(await store.locks.hold('telegram', `owner ${times}`, 10_000)).toBe(true);
    expect((await store.dump.counts()).kv).toBe(4);
    await store.close();
  }
  const db = new Database(join(dir, 'kinora.db'));
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all({});
  expect(tables).toEqual(['blobs', 'kv', 'spend', 'tasks']);
  db.close();
});

it('a task whose unions were told apart by other words is read, kept and copied as those of today', async () => {
  const store = await openSqliteStore({ dir, clock: new HandClock() });
  const task = known(await store.tasks.get(OLD_TASK.fixed.id));
  expect(task).toMatchObject(TASK_OF_TODAY);
  for await (const entry of store.dump.entries('task')) expect(entry.task).toEqual(task);
  await store.tasks.ask(task.id, { type: 'wake' });
  const [claimed] = await store.tasks.claimDue('one', 1);
  expect(await store.tasks.save(known(claimed), { owner: 'one' })).toMatchObject(TASK_OF_TODAY);
  await store.close();
  const db = new Database(join(dir, 'kinora.db'));
  const { decisions } = z.object({ decisions: z.string() }).parse(db.prepare('SELECT decisions FROM tasks').get({}));
  expect(JSON.parse(decisions)).toMatchObject(TASK_OF_TODAY);
  db.close();
});

it('a draft taken over lasts as long as it would have, and is taken once', async () => {
  const clock = new HandClock();
  const store = await openSqliteStore({ dir, clock });
  clock.advance(1767409445000 - 1 - clock.now());
  const taken = await Promise.all([store.drafts.take('harbour ada'), store.drafts.take('harbour ada')]);
  expect(taken.filter(Boolean)).toHaveLength(1);
  await store.close();
});
