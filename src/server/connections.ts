import type { Socket } from 'node:net';
import { neighbourhoodOf } from '../net/neighbourhood.ts';

/** The connections of a listener. */
export type Connections = ReturnType<typeof createConnections>;

/**
 * Where there are too many, whoever has most of them gives one up: one without a request, if there is any. So no sender
 * takes the port from others, and one alone, a proxy before all, may have all.
 */
export function createConnections({ most }: { most: number }) {
  const senders = new Map<string, Set<Socket>>();
  /** Those without a request, the ones that browsers open in advance among them. */
  const idle = new Set<Socket>();
  let count = 0;

  function giveUpOne(newcomers: Set<Socket>): void {
    let largest = newcomers;
    for (const sockets of senders.values()) if (sockets.size > largest.size) largest = sockets;
    const [oldest] = largest;
    const victim = [...largest].find((socket) => idle.has(socket)) ?? oldest;
    victim?.destroy();
  }

  return {
    add(socket: Socket): void {
      const sender = neighbourhoodOf(socket.remoteAddress);
      const sockets = senders.get(sender) ?? new Set();
      senders.set(sender, sockets.add(socket));
      idle.add(socket);
      count++;
      socket.once('close', () => {
        count--;
        idle.delete(socket);
        sockets.delete(socket);
        if (sockets.size === 0) senders.delete(sender);
      });
      if (count > most) giveUpOne(sockets);
    },
    /** A request has come on it. */
    use: (socket: Socket): void => void idle.delete(socket),
    /** Its request is over. */
    rest(socket: Socket): void {
      if (!socket.destroyed) idle.add(socket);
    },
    /** Ends those without a request, which would be waited for at a stop. */
    endIdle(): void {
      for (const socket of idle) socket.destroy();
    },
  };
}
