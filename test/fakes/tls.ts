import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { addressOf } from '../helpers/listening.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(`./tls/${name}.pem`, import.meta.url));

/** What a program is told so that it trusts the certificate: of `localhost`, 127.0.0.1 and `*.kinora.example`. */
export const TRUST = { NODE_EXTRA_CA_CERTS: fileOf('cert') };

/** Speaks TLS, and passes on what it hears to a stand-in that does not. */
export interface TlsFront {
  port: number;
  close(): Promise<void>;
}

/** `behind`: its address, asked for at each connection. */
export async function startTlsFront(behind: () => string): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer({ cert: readFileSync(fileOf('cert')), key: readFileSync(fileOf('key')) }, (near) => {
    const { hostname, port } = new URL(behind());
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one));
      one.pipe(other);
    }
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: addressOf(server).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
