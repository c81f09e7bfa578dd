import { keyName } from '../../src/providers/http/key-ring.ts';
import { describeGen4 } from '../contract/provider.ts';
import { landscape, PAID, SECRETS } from './support/paid.ts';

for (const { name, start } of PAID) {
  describeGen4(name, async () => {
    const { provider, standIn } = await start();
    return {
      provider,
      input: await landscape(),
      unknownJob: `${keyName(SECRETS[0])}:11111111-1111-4111-8111-111111111111`,
      betweenPolls: async () => {},
      end: () => standIn.close(),
    };
  });
}
