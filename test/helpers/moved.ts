import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** Counts what servers of this process receive and send, by their port, from now on. */
export function countMoved() {
  const ports = new Map<Socket, number | undefined>();
  const note = (told: unknown) => {
    // Afterwards a socket does not know its port any more.
    if (typeof told === 'object' && told !== null && 'socket' in told && told.socket instanceof Socket)
      ports.set(told.socket, told.socket.localPort);
  };
  // https://nodejs.org/api/diagnostics_channel.html#net
  subscribe('net.server.socket', note);
  return {
    /** Bytes so far, both ways together. */
    at: (port: number): number =>
      [...ports].reduce(
        (sum, [{ bytesRead, bytesWritten }, at]) => sum + (at === port ? bytesRead + bytesWritten : 0),
        0,
      ),
    stop: () => void unsubscribe('net.server.socket', note),
  };
}
