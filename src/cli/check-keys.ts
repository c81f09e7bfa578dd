import { checkKeys, keyCheckLine } from '../providers/check-keys.ts';
import { ConfigError, loadConfig, loadEnvFile } from '../settings/config.ts';

/** `npm run check-keys`: a line for each configured key; exit code 1 where one does not work. */
async function main(): Promise<void> {
  loadEnvFile();
  const { aivideoapi, runway } = loadConfig(process.env).provider;
  const checks = await checkKeys({ ...(aivideoapi ? { aivideoapi } : {}), ...(runway ? { runway } : {}) });
  if (checks.length === 0) console.log('No key is set: API_KEYS or RUNWAYML_API_SECRET in .env. Clips are previews.');
  for (const check of checks) console.log(keyCheckLine(check));
  if (checks.some(({ works }) => works === 'no' || works === 'unreachable')) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
