import { readdir, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { Hono } from 'hono';
import { sha256 } from '../../util/hash.ts';
import type { WebEnv } from './env.ts';

const FOLDER = new URL('./page/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Files that the page shares with the server, so that both tell files apart in the same way. */
const SHARED = [new URL('../../media/pictures/sniff.js', import.meta.url)];
/** Where files are found that have an address of their own. */
const ADDRESSES: Record<string, string> = { 'index.html': '/', 'login.html': '/login', 'clips.html': '/clips' };

/**
 * The page's own files (`only`: those of them), read once. Nothing in them is private, so they are there for all: the page itself finds out
 * whether its reader is logged in (a browser that comes by a link from elsewhere sends its cookie only then).
 */
export async function createPage({
  folder = FOLDER,
  only,
}: {
  folder?: URL;
  only?: readonly string[];
} = {}): Promise<Hono<WebEnv>> {
  const routes = new Hono<WebEnv>();
  const own = (only ?? (await readdir(folder))).map((name) => new URL(name, folder));
  for (const file of only ? own : [...own, ...SHARED]) {
    const name = basename(file.pathname);
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const bytes = new Uint8Array(await readFile(file));
    const etag = `"${sha256(bytes)}"`;
    routes.get(ADDRESSES[name] ?? `/${name}`, (c) => {
      const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers);
      return c.body(bytes, 200, { ...headers, 'Content-Type': type });
    });
  }
  return routes;
}
