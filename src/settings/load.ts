import { type Lists, type Loaded, loadConfig, settingNames } from './config.ts';
import { type EnvFile, loadEnvFile } from './env-file.ts';
import { unknownNames } from './names.ts';
import { ConfigError, type Env } from './setting.ts';

/** The settings as this program is given them. */
export interface SettingsFound<P, F> {
  /** Undefined where it cannot be read. */
  file?: EnvFile;
  /** What looks like a setting and does nothing, a sentence each. */
  odd: readonly string[];
  /** Settings of the file that the environment overrules. */
  overruled: readonly string[];
  loaded: Loaded<P, F> | ConfigError;
}

/** Reads `.env` in this folder and the environment, which gets what the file says. Never throws for what stands in them. */
export function findSettings<P extends object, F extends object>(
  lists: Lists<P, F>,
  { path = '.env', env = process.env }: { path?: string; env?: Env } = {},
): SettingsFound<P, F> {
  try {
    const before = { ...env };
    const file = loadEnvFile(path, env);
    const odd = [...file.odd, ...unknownNames(file, env, settingNames(lists))];
    const overruled = Object.keys(file.values).filter(
      (name) => before[name] !== undefined && before[name] !== file.values[name],
    );
    return { file, odd, overruled, loaded: loadedOr(env, lists) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { odd: [], overruled: [], loaded: error };
  }
}

/** The same for programs that go on only with settings that are right. Throws `ConfigError`, with what is odd besides. */
export function loadSettings<P extends object, F extends object>(lists: Lists<P, F>): Loaded<P, F> {
  return settled(findSettings(lists));
}

/** What was loaded. Throws `ConfigError`, with what is odd besides, which is often why. */
export function settled<P, F>({ loaded, odd }: SettingsFound<P, F>): Loaded<P, F> {
  if (!(loaded instanceof ConfigError)) return loaded;
  throw odd.length === 0 ? loaded : new ConfigError([...loaded.wrong, ...odd]);
}

function loadedOr<P extends object, F extends object>(env: Env, lists: Lists<P, F>): Loaded<P, F> | ConfigError {
  try {
    return loadConfig(env, lists);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
