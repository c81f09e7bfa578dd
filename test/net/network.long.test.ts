import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startRunway } from '../fakes/runway.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { startTlsFront, TRUST } from '../fakes/tls.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, openLive, taskIn } from '../helpers/web.ts';

const KEY = 'key_network-0123456789abcdef';
const HOST = 'files.kinora.example';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** The unmodified program on a machine where the name of its provider's clips leads to these addresses. */
async function start({
  leadsTo,
  env = {},
  onLog = () => {},
}: {
  leadsTo: string[];
  env?: Record<string, string>;
  onLog?: (line: string) => void;
}): Promise<{ bot: RunningBot; runway: StandIn }> {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-network-'));
  ends.push(() => rm(dir, { recursive: true, force: true }));
  const front = await startTlsFront(() => runway.url);
  ends.push(front.close);
  const clipsAt = `https://${HOST}:${front.port}`;
  const runway = await startRunway({ keys: { [KEY]: 100 }, schedule: { polls: 1 }, clipsAt });
  ends.push(runway.close);
  const settings = { DATA_DIR: dir, RUNWAYML_API_SECRET: KEY, RUNWAY_URL: runway.url, ...env };
  const names = { NAMES: JSON.stringify({ [HOST]: leadsTo }) };
  const bot = await startBot(
    { ...settings, ...names, ...TRUST },
    { imports: ['./dist/test/helpers/made-up-names.js'], onLog },
  );
  ends.push(() => bot.stop('SIGKILL'));
  return { bot, runway };
}

/** Asks for a clip and waits for it. */
async function makeClip(bot: RunningBot): Promise<void> {
  const live = await openLive(bot.url);
  const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
  await live.untilState(taskId, 'delivered');
  live.close();
}

// Each waits for the first look at a job, which comes half a minute after it was accepted.
describe.concurrent('a clip that was paid for', () => {
  test('comes from a range that PUBLIC_RANGES names', async () => {
    const { bot, runway } = await start({
      leadsTo: ['127.0.0.1'],
      env: { PUBLIC_RANGES: '198.18.0.0/15, 127.0.0.0/8' },
    });
    await makeClip(bot);
    expect(runway.report().calls.clip).toBe(1);
  });

  test('comes by the good addresses of a name that has bad ones, too', async () => {
    const { bot, runway } = await start({
      leadsTo: ['10.0.0.1', '127.0.0.1', '::1'],
      env: { PUBLIC_RANGES: '127.0.0.1' },
    });
    await makeClip(bot);
    expect(runway.report().calls.clip).toBe(1);
  });

  test('is not fetched from within this machine where no range is named, and the log says what to do', async () => {
    let told = (_line: string) => {};
    const refusal = new Promise<string>((resolve) => {
      told = resolve;
    });
    const onLog = (line: string) => void (line.includes('could not be copied') && told(line));
    const { bot, runway } = await start({ leadsTo: ['127.0.0.1'], onLog });
    await ask(bot.url, await tinyPng());
    expect(await refusal).toContain('leads to 127.0.0.1, which is no public address; PUBLIC_RANGES can say that it is');
    expect(runway.report().calls.clip).toBeUndefined();
  });
});
