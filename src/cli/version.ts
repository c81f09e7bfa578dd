import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** The program's version, as package.json has it, seen from `dist/src/cli`. */
export const version = (): string =>
  packageSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8')))
    .version;
