import { createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;
const OP_REPLY = 1;
const OP_MSG = 2013;

/** A server that knows one answer. Gives back its port and how to end it. */
export async function startFakeMongo(
  answer: Record<string, unknown>,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let read = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      read = Buffer.concat([read, data]);
      while (read.length >= 16 && read.length >= read.readInt32LE(0)) {
        const length = read.readInt32LE(0);
        socket.write(replyTo(read.subarray(0, length), answer));
        read = read.subarray(length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a server without an address');
  return {
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/: the first hello comes as OP_QUERY. */
function replyTo(request: Buffer, answer: Record<string, unknown>): Buffer {
  const document = Buffer.from(BSON.serialize(answer));
  const isMessage = request.readInt32LE(12) === OP_MSG;
  const body = isMessage ? Buffer.alloc(5) : Buffer.alloc(20);
  if (!isMessage) body.writeInt32LE(1, 16);
  const header = Buffer.alloc(16);
  header.writeInt32LE(header.length + body.length + document.length, 0);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isMessage ? OP_MSG : OP_REPLY, 12);
  return Buffer.concat([header, body, document]);
}
