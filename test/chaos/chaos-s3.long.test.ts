import { describe, expect, test } from 'vitest';
import { noS3 } from '../helpers/s3.ts';
import { runChaos } from './chaos.ts';

describe.skipIf(noS3)('a process and an object storage that have accidents', () => {
  test('nothing is lost, nothing is paid or shown twice, nothing is half', async () => {
    const verdict = await runChaos({ store: 'sqlite', blobs: 's3', chat: 'telegram', minutes: 0.5, tasks: 25 });
    expect(verdict.wrong).toEqual([]);
    const { delivered, unconfirmed, unheard, badPictures, expired } = verdict;
    expect(delivered + unconfirmed + unheard + badPictures + expired).toBe(25);
    expect(verdict.delivered).toBeGreaterThan(0);
    expect(verdict.kills).toBeGreaterThan(0);
  }, 600_000);
});
