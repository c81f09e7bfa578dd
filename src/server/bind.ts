import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlainError } from '../util/plain-error.ts';

/** The port cannot be had; the message is one sentence for the operator. */
export class ListenFailed extends PlainError {
  override name = 'ListenFailed';
}

export interface Where {
  host: string;
  /** 0 takes any that is free. */
  port: number;
  /** The setting that would change it. */
  portSetting: string;
}

/** Takes the port. Throws `ListenFailed`. */
export function bind(server: Server, where: Where): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new ListenFailed(inWords(error, where), { cause: error })));
    server.listen({ host: where.host, port: where.port }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
    });
  });
}

function inWords(error: Error & { code?: string }, { host, port, portSetting }: Where): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use, perhaps by another Kinora. Stop that program, or set another ${portSetting}.`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not listen at port ${port}. Set ${portSetting} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is ${host}, which is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all of them.`;
    default:
      return `It is not possible to listen at ${host}, port ${port}: ${error.message}.`;
  }
}
