import { copyFile, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, spawnBot, startBot } from './helpers/bot.ts';
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

/** Beside the folder of the record. */
const failingSync = () => `${dir}-failing-sync`;

async function start(how?: Parameters<typeof startBot>[1]): Promise<RunningBot> {
  const bot = await startBot({ DATA_DIR: dir, FAILING_SYNC_FILE: failingSync() }, how);
  bots.push(bot);
  return bot;
}

const lastWords = (stderr: string) => stderr.trimEnd().split('\n').at(-1);

describe('the program whose record is lost to it', () => {
  test('because the disk did not take what was written ends in words; the next start goes on', async () => {
    const bot = await start({ imports: ['./dist/test/helpers/failing-sync.js'] });
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
    await writeFile(failingSync(), '');
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

  const record = () => join(dir, 'kinora.db');
  const moved = () =>
    `The record in ${dir} was deleted or replaced while Kinora was using it. Stop Kinora before you do that, and put back what was there.`;

  test.each([
    ['its file was deleted', () => rm(record())],
    ['its file was moved away', () => rename(record(), join(dir, 'elsewhere.db'))],
    [
      'a copy was put in its place',
      () => copyFile(record(), `${record()}.copy`).then(() => rename(`${record()}.copy`, record())),
    ],
    ['all of its folder was deleted', () => rm(dir, { recursive: true })],
  ])('because %s ends in words, with nobody asking', async (_how, spoil) => {
    const bot = await start();
    await spoil();
    const { code, stderr } = await bot.ended;
    expect([code, lastWords(stderr)]).toEqual([1, moved()]);
  });

  test('takes no request that would end with it', async () => {
    const bot = await start();
    await rm(record());
    const answer = await ask(bot.url, await tinyPng()).catch(() => undefined);
    expect(answer?.status ?? 503).toBe(503);
    expect((await bot.ended).code).toBe(1);
  });

  test('because its log was deleted puts what that held in its file', async () => {
    const bot = await start();
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
    await rm(`${record()}-wal`);
    const { code, stderr } = await bot.ended;
    expect([code, lastWords(stderr)]).toEqual([1, moved()]);
    const next = await start();
    expect((await conversation(next.url)).tasks.map((task) => task.taskId)).toEqual([taskId]);
  });

  test('because pages within it are damaged does not start on it, and says what to do', async () => {
    const bot = await start();
    for (let i = 0; i < 5; i++) await ask(bot.url, await tinyPng(), { scene: 'waves '.repeat(150) });
    await bot.stop();
    const file = await open(record(), 'r+');
    const { size } = await file.stat();
    // The last page but one.
    await file.write(Buffer.alloc(4096, 0xa5), 0, 4096, size - 2 * 4096);
    await file.close();
    const { code, stderr } = await spawnBot({ DATA_DIR: dir }).ended;
    expect([code, stderr]).toEqual([
      1,
      `kinora.db in ${dir} is damaged or is no database. Put back a backup, as docs/running.md says, or set another DATA_DIR.\n`,
    ]);
  });

  test('has no second one beside it, whatever became of the file', async () => {
    const bot = await start();
    // Stopped, it notices nothing.
    bot.child.kill('SIGSTOP');
    await rm(record());
    const { code, stderr } = await spawnBot({ DATA_DIR: dir }).ended;
    expect([code, stderr]).toEqual([1, `Another Kinora is using ${dir}. Stop it first, or set another DATA_DIR.\n`]);
    bot.child.kill('SIGCONT');
    expect((await bot.ended).code).toBe(1);
  });
});
