import { createReadStream, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * What a page of clips and a link page are held against: the least that a server can do which sends the same bytes. Files
 * by their names, whole or in part. `node … bare-files.ts FOLDER`.
 */
const [, , folder = '.'] = process.argv;
const TYPES: Record<string, string> = { json: 'application/json', html: 'text/html; charset=utf-8', mp4: 'video/mp4' };

function send(response: ServerResponse, name: string, range: string | undefined): void {
  const path = `${folder}/${name}`;
  const { size } = statSync(path);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const [start, end] = first === undefined ? [0, size - 1] : [Number(first), Number(last)];
  response.writeHead(first === undefined ? 200 : 206, {
    'Content-Type': TYPES[name.split('.')[1] ?? ''] ?? 'application/octet-stream',
    'Content-Length': end - start + 1,
    ...(first === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${size}` }),
  });
  createReadStream(path, { start, end }).pipe(response);
}

const server = createServer(({ url = '', headers }, response) => {
  const name = /^\/(\w+\.\w+)$/.exec(url)?.[1];
  if (name === undefined) response.writeHead(404).end();
  else send(response, name, headers.range);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`listening at http://127.0.0.1:${port}`);
});
