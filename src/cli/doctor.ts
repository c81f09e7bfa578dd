import { platforms } from '../chat/index.ts';
import { lookAt } from '../checks/index.ts';
import { providers } from '../providers/index.ts';
import { findSettings } from '../settings/load.ts';
import { ConfigError } from '../settings/setting.ts';
import { scrub } from '../util/log.ts';

/** Columns of a line's name. */
const NAME_CHARS = 10;
const EXIT = { fine: 0, off: 1 } as const;

/** `npm run doctor`: a line for each thing that was looked at. Gives the exit code: 1 where something is off. */
async function main(): Promise<number> {
  const found = findSettings({ providers, platforms });
  const secrets = found.loaded instanceof ConfigError ? [] : found.loaded.config.secrets;
  let offs = 0;
  for await (const { name, isFine, text } of lookAt(found)) {
    console.log(scrub(`${isFine ? '  ok ' : 'OFF  '} ${name.padEnd(NAME_CHARS)}${text}`, secrets));
    if (!isFine) offs += 1;
  }
  if (found.loaded instanceof ConfigError) console.log('\nThe rest is looked at once the settings are right.');
  console.log(offs === 0 ? '\nAll is well. Nothing was spent.' : `\n${offs} of these are off. Nothing was spent.`);
  return offs === 0 ? EXIT.fine : EXIT.off;
}

const code = await main();
// A connection that does not say goodbye holds up nobody.
process.stdout.write('', () => process.exit(code));
