import { expect, test } from 'vitest';
import { runChaos } from './chaos.ts';

test.each(['discord', 'telegram'] as const)(
  'one process that has accidents, people on %s: nothing is lost, nothing is paid or shown twice',
  async (chat) => {
    const verdict = await runChaos({ store: 'sqlite', chat, minutes: 0.4, tasks: 25 });
    expect(verdict.wrong).toEqual([]);
    const { delivered, unconfirmed, unheard, badPictures, expired } = verdict;
    expect(delivered + unconfirmed + unheard + badPictures + expired).toBe(25);
    expect(verdict.delivered).toBeGreaterThan(0);
    expect(verdict.kills).toBeGreaterThan(0);
  },
  600_000,
);
