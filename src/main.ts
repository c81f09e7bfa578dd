import { platforms } from './chat/index.ts';
import type { PlatformRefused } from './chat/platform.ts';
import { providers } from './providers/index.ts';
import { introduction } from './server/banner.ts';
import { createGate } from './server/gate.ts';
import { listen } from './server/listener.ts';
import { loadConfig } from './settings/config.ts';
import { loadEnvFile } from './settings/env-file.ts';
import type { StoreUnavailable } from './store/store.ts';
import { createLog } from './util/log.ts';
import { PlainError } from './util/plain-error.ts';

const EXIT = { failed: 1, interrupted: 130, terminated: 143 } as const;

/** Runs until a signal comes. */
async function run(): Promise<void> {
  loadEnvFile();
  const known = { providers, platforms };
  const { config, ...configured } = loadConfig(process.env, known);
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
    const app = await startApp({ config, ...configured, commands, actions, log, fail });
    try {
      gate.open(app.answer);
      const connected = configured.platforms.map(({ name }) => name);
      console.log(introduction(config, known, { url: listener.url, connected, startupNotes: app.startupNotes }));
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

await run().catch((error: unknown) => {
  process.exitCode = EXIT.failed;
  if (!(error instanceof PlainError)) throw error;
  console.error(error.message);
  // Now, and not when nothing is left to do: then the driver would fold a lost record's log into its file, unverified.
  process.stderr.write('', () => process.exit());
});
