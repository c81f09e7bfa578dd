import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';
import { sha256 } from '../../util/hash.ts';
import type { WebEnv } from './env.ts';
import { partAsked } from './part.ts';

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
    const what = { bytes: bytes.length, sha256: sha256(bytes), type, headers: { 'Cache-Control': A_DAY } };
    routes.get(`/samples/${name}`, (c) => {
      const part = partAsked(c, what);
      if (part instanceof Response) return part;
      return c.body(bytes.slice(part.start, part.end), part.status, part.headers);
    });
  }
  return routes;
}
