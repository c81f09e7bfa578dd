import { PlatformRefused } from './chat/platform.ts';
import { FfmpegMissing } from './media/ffmpeg/find.ts';
import { introduction } from './server/banner.ts';
import { ListenFailed } from './server/bind.ts';
import { createGate } from './server/gate.ts';
import { listen } from './server/listener.ts';
import { ConfigError, loadConfig, loadEnvFile } from './settings/config.ts';
import { StoreUnavailable } from './store/store.ts';
import { FolderUnusable } from './util/folder.ts';
import { createLog } from './util/log.ts';

const EXIT = { failed: 1, interrupted: 130, terminated: 143 } as const;

/** Runs until a signal comes. */
async function run(): Promise<void> {
  loadEnvFile();
  const config = loadConfig(process.env);
  const log = createLog({ level: config.logLevel, pretty: process.stderr.isTTY, secrets: config.secrets });
  const signal = firstSignal();
  const { host, port } = config.web;
  const gate = createGate();
  const listener = await listen({ host, port, portSetting: 'PORT', answer: gate.answer, log });
  try {
    // Loaded only now: whoever waits for the port need not wait for decoders.
    const { startBot } = await import('./bot.ts');
    let fail: (error: PlatformRefused | StoreUnavailable) => void = () => {};
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    failed.catch(() => {});
    const bot = await startBot({ config, log, fail });
    try {
      gate.open(bot.answer);
      console.log(introduction(config, { url: listener.url, provider: bot.provider, startupNotes: bot.startupNotes }));
      log.info({ signal: await Promise.race([signal, failed]) }, 'stopping');
    } finally {
      bot.closeStreams();
      await listener.stop();
      await bot.stop();
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
  const isPlain = [ConfigError, ListenFailed, StoreUnavailable, FolderUnusable, FfmpegMissing, PlatformRefused].some(
    (known) => error instanceof known,
  );
  if (!isPlain || !(error instanceof Error)) throw error;
  console.error(error.message);
});
