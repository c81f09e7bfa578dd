import { ConfigError } from './setting.ts';

/** Adds what `.env` in this folder says; what the environment says already wins. No file is fine. */
export function loadEnvFile(path = '.env'): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new ConfigError(
      `The file ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}
