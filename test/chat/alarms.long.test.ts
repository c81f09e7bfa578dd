import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alarms as words } from '../../src/messages/operators.ts';
import { keyName } from '../../src/providers/http/key-ring.ts';
import { type Disk, mountDisk } from '../chaos/disk.ts';
import { KEY } from '../helpers/telegram.ts';
import { useOwners } from './alarms.ts';

const MB = 1024 * 1024;
const { start, olgaSays, ask, heard, over, expectOnce } = useOwners();

describe('who runs the bot hears once in private, on Telegram and on Discord, and once that it is over', () => {
  test('that no key is left', async () => {
    const stage = await start();
    const { tg, provider } = stage;
    provider.tell({ do: 'credits', key: KEY, credits: 0 });
    const ada = tg.people.user();
    await ask(ada);
    const sentence = await heard(words.noKey('no-credits').slice(0, 20));
    expect(sentence).toBe(words.noKey('no-credits'));
    provider.tell({ do: 'credits', key: KEY, credits: 100 });
    olgaSays(`/admin free ${keyName(KEY)}`);
    await over(sentence);
    await stage.untilClip(ada);
    expectOnce(sentence);
  });

  test('that the service takes nothing', async () => {
    const stage = await start();
    const { provider } = stage;
    provider.tell({
      do: 'storm',
      seed: 1,
      chance: 1,
      faults: { submit: [{ how: 'status', status: 429, retryAfter: '1' }] },
    });
    const ada = stage.tg.people.user();
    await ask(ada);
    const sentence = await heard('aivideoapi takes no clips');
    provider.tell({ do: 'calm' });
    await over(sentence);
    await stage.untilClip(ada);
    expectOnce(sentence);
  });

  test('that the budget is reached, until there is more of it', async () => {
    const stage = await start({ DAILY_BUDGET: '1' });
    const ada = stage.tg.people.user();
    await ask(ada);
    const sentence = await heard(words.budget(1, 1));
    await stage.untilClip(ada);
    await stage.restart('SIGTERM', { DAILY_BUDGET: '5' });
    await over(sentence);
    expectOnce(sentence);
  });

  test('that deliveries fail, until places are open again', async () => {
    const stage = await start();
    const { tg, provider } = stage;
    const people = [1, 2, 3].map(() => tg.people.user());
    provider.misbehave('clip', ...people.map(() => ({ how: 'late', ms: 1_500 }) as const));
    for (const each of people) await ask(each);
    await tg.until(() => stage.rendered().length === people.length);
    for (const each of people) tg.people.blockBot(each);
    await heard(words.deliveries);
    for (const each of people) tg.people.unblockBot(each);
    await over(words.deliveries);
    for (const each of people) await stage.untilClip(each);
    expectOnce(words.deliveries);
  });

  test('that the disk is nearly full', async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'kinora-full-'));
    let disk: Disk | undefined;
    try {
      disk = await mountDisk(join(folder, 'disk'));
      if (!disk) return skip('no disk can be mounted here');
      const filler = join(disk.dir, 'filler');
      const stage = await start({ DATA_DIR: join(disk.dir, 'data'), MIN_FREE_MB: '100' });
      const { bavail, bsize } = await statfs(disk.dir);
      execFileSync('fallocate', ['-l', String(bavail * bsize - 50 * MB), filler]);
      const sentence = await heard('Only ');
      expect(sentence).toMatch(/^Only \d\d MB are free/);
      await rm(filler);
      await over(sentence);
      expectOnce(sentence);
      await stage.bot.stop('SIGKILL');
    } finally {
      await disk?.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
