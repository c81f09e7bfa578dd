import type { ConfiguredPlatform } from '../chat/define-platform.ts';
import { type Check, type Finding, fine, off, type SetUp } from './check.ts';

/** As whom each platform takes this bot. */
export const platformsCheck: Check = {
  name: 'Chats',
  of: 'set-up',
  async look({ platforms, network }) {
    const looks = await Promise.all(platforms.map((platform) => lookAt(platform, network)));
    return looks.flat();
  },
};

async function lookAt({ label, check }: ConfiguredPlatform, network: SetUp['network']): Promise<Finding[]> {
  const status = await check?.({ network });
  switch (status?.outcome) {
    case 'connected':
      return [fine(`${label} knows it ${status.as}`)];
    case 'refused':
      return [off(status.reason)];
    case 'unreachable':
      return [off(`${label} cannot be reached (${status.reason}). Look at this machine’s network and HTTPS_PROXY.`)];
    default:
      return [];
  }
}
