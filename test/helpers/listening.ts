import type { AddressInfo, Server } from 'node:net';

/** Where a server listens. */
export function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen at a port');
  return address;
}
