import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from './helpers/bot.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, conversation, errorIn, taskIn } from './helpers/web.ts';

let dir: string;
const bots: RunningBot[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-lost-'));
});
afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop('SIGKILL')));
  await rm(dir, { recursive: true, force: true });
});

async function start(how?: Parameters<typeof startBot>[1]): Promise<RunningBot> {
  const bot = await startBot({ DATA_DIR: dir }, how);
  bots.push(bot);
  return bot;
}

const lastWords = (stderr: string) => stderr.trimEnd().split('\n').at(-1);

describe('the program whose record is lost to it', () => {
  test('because the disk did not take what was written ends in words; the next start goes on', async () => {
    const bot = await start({ imports: ['./dist/test/helpers/failing-sync.js'] });
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
    bot.child.kill('SIGUSR2');
    // The next write may be the worker's own.
    const answer = await ask(bot.url, await tinyPng()).catch(() => undefined);
    if (answer) expect([answer.status, await errorIn(answer)]).toEqual([503, expect.stringMatching(/^[A-Z].+\.$/)]);
    const { code, stderr } = await bot.ended;
    expect(code).toBe(1);
    expect(lastWords(stderr)).toBe(
      `The disk that holds ${dir} does not work as it should. Check it, or set another DATA_DIR.`,
    );
    const next = await start();
    const { tasks } = await conversation(next.url);
    expect(tasks.map((task) => task.taskId)).toContain(taskId);
    expect((await ask(next.url, await tinyPng())).status).toBe(201);
  });
});
