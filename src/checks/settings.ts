import { ConfigError } from '../settings/setting.ts';
import { type Check, fine, off } from './check.ts';

/** The file and the names in it, and the values that are wrong, each or together. */
export const settingsCheck: Check = {
  name: 'Settings',
  atStart: true,
  of: 'settings',
  async look({ file, odd, overruled, loaded }) {
    const wrong = loaded instanceof ConfigError ? loaded.wrong : [];
    const count = Object.keys(file?.values ?? {}).length;
    const place = file?.isThere ? `${count} in ${file.path}` : 'no file .env; the defaults and the environment hold';
    const other = overruled.length === 0 ? '' : `; the environment has another ${overruled.join(', ')}, which wins`;
    const all = [...wrong, ...odd];
    return all.length === 0 ? [fine(`${place}${other}`)] : all.map(off);
  },
};
