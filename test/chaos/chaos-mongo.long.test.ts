import { describe, expect, test } from 'vitest';
import { noMongoProgram } from '../helpers/mongo.ts';
import { runChaos } from './chaos.ts';

describe.skipIf(noMongoProgram)('two gateways, three workers and a database that all have accidents', () => {
  test('nothing is lost, nothing is paid or shown twice', async () => {
    const verdict = await runChaos({ store: 'mongo', minutes: 0.9, tasks: 60 });
    expect(verdict.wrong).toEqual([]);
    expect(verdict.delivered + verdict.unconfirmed + verdict.badPictures + verdict.expired).toBe(60);
    expect(verdict.delivered).toBeGreaterThan(30);
    expect(verdict.kills).toBeGreaterThan(0);
  }, 600_000);
});
