import { platforms } from '../chat/index.ts';
import { createNetwork } from '../net/network.ts';
import { checkKeys, keyCheckLine } from '../providers/check-keys.ts';
import { providers } from '../providers/index.ts';
import { loadSettings } from '../settings/load.ts';
import { PlainError } from '../util/plain-error.ts';

/** `npm run check-keys`: a line for each configured key; exit code 1 where one does not work. */
async function main(): Promise<void> {
  const { config, providers: configured } = loadSettings({ providers, platforms });
  const checks = await checkKeys(configured, { network: createNetwork(config.network) });
  const keySettings = providers.flatMap(({ paid, needs }) => (paid && needs !== undefined ? [needs] : []));
  if (checks.length === 0) console.log(`No key is set: ${keySettings.join(' or ')} in .env. Clips are previews.`);
  for (const check of checks) console.log(keyCheckLine(check));
  if (checks.some(({ outcome }) => outcome === 'refused' || outcome === 'unreachable')) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  if (!(error instanceof PlainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
