import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type RunningBot, startBot } from './bot.ts';

/** The program in a folder of its own, for each test or for all of a file. */
export function useProgram(per: 'test' | 'file') {
  let dir: string;
  let bot: RunningBot;
  const [before, after] = per === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  const start = async () => {
    bot = await startBot({ DATA_DIR: dir });
  };
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-hostile-'));
    await start();
  });
  after(async () => {
    await bot.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });
  return {
    get bot() {
      return bot;
    },
    /** Once it was ended. */
    startAgain: start,
  };
}
