import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { MIGRATIONS } from '../../src/store/sqlite/schema.ts';
import { HandClock, spentSince, toldBy } from '../contract/store/tools.ts';
import { expectOldTask, expectOldValues, OLD_KEYS, OLD_TASK, OLD_VALUES } from './old-record.ts';

const { drafts, paces, parked, locks, meta, agreed } = OLD_VALUES;
const { requestKey, requester, provider, place, at } = OLD_KEYS;
/** What a program of version 3 wrote. */
const VERSION_3 = `
  INSERT INTO drafts (key, data, expires_at) VALUES ('${drafts.key}', '${drafts.data}', ${drafts.expiresAt});
  INSERT INTO paces (kind, data) VALUES ('${paces.kind}', '${paces.data}');
  INSERT INTO parked (name, until, reason) VALUES ('${parked.name}', ${parked.until}, '${parked.reason}');
  INSERT INTO locks (name, owner, until) VALUES ('${locks.name}', '${locks.owner}', ${locks.until});
  INSERT INTO meta (name, value) VALUES ('${meta.name}', '${meta.as}');
  INSERT INTO agreed (name, value) VALUES ('${agreed.name}', '${agreed.value}');
  INSERT INTO tasks (id, request_key, requester, provider, place, cost, state, rank, created_at, version, asked, ended_at,
                     fixed, decisions, accepted, sent, requests)
  VALUES ('${OLD_TASK.fixed.id}', '${requestKey}', '${requester}', '${provider}', '${place}', 0, 'failed', 0, ${at},
          2, 0, ${at}, '${JSON.stringify(OLD_TASK.fixed)}', '${JSON.stringify(OLD_TASK.decisions)}', '{}', '{}', '{}');
  INSERT INTO spend (attempt, person, provider, cost, request, settled, moderated, at)
  VALUES ('"a1"', '"ada"', '"paid"', 3, '"r"', 1, 0, ${at});
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
    await expectOldValues(store);
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
  await expectOldTask(store, async () => {
    await store.close();
    const db = new Database(join(dir, 'kinora.db'));
    const { decisions } = z.object({ decisions: z.string() }).parse(db.prepare('SELECT decisions FROM tasks').get({}));
    db.close();
    return JSON.parse(decisions);
  });
});

it('what was spent before chats were counted counts for everybody and its person, and for no chat', async () => {
  const store = await openSqliteStore({ dir, clock: new HandClock() });
  for (const of of [{}, { person: 'ada' }]) expect(await spentSince(store, 0, of)).toEqual({ credits: 3, clips: 1 });
  await store.spend.open({ attemptId: 'a2', person: 'ada', chat: 'c', provider: 'paid', cost: 1, request: 'r' });
  expect(await spentSince(store, 0, { chat: 'c' })).toEqual({ credits: 1, clips: 1 });
  const told = await toldBy(store.dump.entries('spend'));
  expect(told.map(({ attemptId, chat }) => [attemptId, chat])).toEqual([
    ['a1', undefined],
    ['a2', 'c'],
  ]);
  await store.close();
});

it('a draft taken over lasts as long as it would have, and is taken once', async () => {
  const clock = new HandClock();
  const store = await openSqliteStore({ dir, clock });
  clock.advance(1767409445000 - 1 - clock.now());
  const taken = await Promise.all([store.drafts.take('harbour ada'), store.drafts.take('harbour ada')]);
  expect(taken.filter(Boolean)).toHaveLength(1);
  await store.close();
});
