import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';
import { sha256 } from '../../util/hash.ts';
import type { WebEnv } from './env.ts';
import { parseRange } from './range.ts';

const FOLDER = new URL('./samples/', import.meta.url);
const TYPES: Record<string, string> = { '.jpg': 'image/jpeg', '.mp4': 'video/mp4' };
/** They change with a release at most, and a browser that has yesterday's has a good one. */
const A_DAY = 'public, max-age=86400';

/** `GET /samples/<file>`: pictures to begin with, and the clips of them that the empty page plays. Safari asks for parts. */
export async function createSamples(): Promise<Hono<WebEnv>> {
  const routes = new Hono<WebEnv>();
  for (const name of await readdir(FOLDER)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(await readFile(new URL(name, FOLDER)));
    const base = { ETag: `"${sha256(bytes)}"`, 'Cache-Control': A_DAY, 'Accept-Ranges': 'bytes' };
    routes.get(`/samples/${name}`, (c) => {
      if (c.req.header('if-none-match')?.includes(base.ETag)) return c.body(null, 304, base);
      const range = parseRange(c.req.header('range'), bytes.length);
      if (range === 'unsatisfiable') return c.body(null, 416, { ...base, 'Content-Range': `bytes */${bytes.length}` });
      const headers = { ...base, 'Content-Type': type };
      if (!range) return c.body(bytes, 200, headers);
      const part = `bytes ${range.start}-${range.end - 1}/${bytes.length}`;
      return c.body(bytes.slice(range.start, range.end), 206, { ...headers, 'Content-Range': part });
    });
  }
  return routes;
}
