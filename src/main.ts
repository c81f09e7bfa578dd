import { platforms } from './chat/index.ts';
import type { PlatformRefused } from './chat/platform.ts';
import { offAtStart } from './checks/index.ts';
import { Misuse, readStartArguments, USAGE } from './cli/start-arguments.ts';
import { version } from './cli/version.ts';
import { providers } from './providers/index.ts';
import { introduction, lateIntroduction } from './server/banner.ts';
import { createGate } from './server/gate.ts';
import { listen } from './server/listener.ts';
import { createConnectedPlatforms } from './server/platforms.ts';
import { findSettings, settled } from './settings/load.ts';
import type { StoreUnavailable } from './store/store.ts';
import { serviceOf } from './task/task.ts';
import { systemClock } from './util/clock.ts';
import { createLog } from './util/log.ts';
import { PlainError } from './util/plain-error.ts';

const EXIT = { failed: 1, misuse: 2, interrupted: 130, terminated: 143 } as const;

/** The introduction waits so long for platforms that do not answer, and nothing else does. */
const REACHED_MS = 5_000;

/** Runs until a signal comes. */
async function run(): Promise<void> {
  const known = { providers, platforms };
  const found = findSettings(known);
  const { config, ...configured } = settled(found);
  const log = createLog({ level: config.logLevel, pretty: process.stderr.isTTY, secrets: config.secrets });
  const signal = firstSignal();
  const { host, port } = config.web;
  const gate = createGate();
  const listener = await listen({ host, port, portSetting: 'PORT', answer: gate.answer, log });
  try {
    // Loaded only now: whoever waits for the port need not wait for decoders.
    const [{ startApp }, { actions, commands }] = await Promise.all([
      import('./app.ts'),
      import('../commands/index.ts'),
    ]);
    let fail: (error: PlatformRefused | StoreUnavailable) => void = () => {};
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    failed.catch(() => {});
    const looks = offAtStart(found);
    const reached = createConnectedPlatforms(config.role === 'worker' ? 0 : configured.platforms.length);
    const app = await startApp({ config, ...configured, commands, actions, log, connected: reached.add, fail });
    try {
      gate.open(app.answer);
      const [startupNotes] = await Promise.all([
        looks,
        Promise.race([reached.within(REACHED_MS, systemClock), failed, signal]),
      ]);
      const on = [...configured.providers, ...configured.platforms].map(({ name }) => name);
      const { connected } = reached;
      console.log(introduction(config, known, { url: listener.url, on, connected, startupNotes }));
      reached.onLate((name, how) => console.log(lateIntroduction(labelOf(name), how)));
      log.info({ signal: await Promise.race([signal, failed]) }, 'stopping');
    } finally {
      app.closeStreams();
      await listener.stop();
      await app.stop();
    }
  } finally {
    await listener.stop();
  }
}

/** The first one asks for an end in order, the second one is obeyed at once. */
function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    function on(signal: NodeJS.Signals): void {
      if (asked) process.exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
      asked = true;
      resolve(signal);
    }
    process.on('SIGINT', on).on('SIGTERM', on);
  });
}

const labelOf = (platform: string): string =>
  platforms.find(({ name }) => name === serviceOf(platform))?.label ?? platform;

async function main(): Promise<void> {
  switch (readStartArguments(process.argv.slice(2))) {
    case 'help':
      return console.log(USAGE);
    case 'version':
      return console.log(version());
    case 'start':
      return run();
  }
}

await main().catch((error: unknown) => {
  process.exitCode = error instanceof Misuse ? EXIT.misuse : EXIT.failed;
  if (!(error instanceof PlainError)) throw error;
  console.error(error.message);
  // Now, and not when nothing is left to do: then the driver would fold a lost record's log into its file, unverified.
  process.stderr.write('', () => process.exit());
});
