import { readdir, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { Hono } from 'hono';
import { locales, messagesFor } from '../../messages/messages.ts';
import { sha256 } from '../../util/hash.ts';
import type { WebEnv } from './env.ts';
import { type InWords, localeOf } from './language.ts';

const FOLDER = new URL('./page/', import.meta.url);
const MESSAGES = new URL('../../messages/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};
const WORKER = '/sw.js';
/** What the words of each language need. */
const SHARED = new URL('plural.js', MESSAGES);
/** Files with words in braces, and how a word is written into them. */
const WRITTEN: Record<string, (text: string) => string> = {
  '.html': (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  '.webmanifest': (text) => JSON.stringify(text).slice(1, -1),
};
/** Where files are found that have an address of their own. */
const ADDRESSES: Record<string, string> = {
  'index.html': '/',
  'login.html': '/login',
  'clips.html': '/clips',
  'admin.html': '/admin',
  'offline.html': '/offline',
};

/** A file of the page, as it is sent. */
export interface PageFile {
  address: string;
  type: string;
  bytes: InWords<Uint8Array>;
  /** It is another for each locale. */
  isWorded: boolean;
}

/** The page's own files (`only`: those of them). Throws where its HTML names words that there are not. */
export async function readPage({
  folder = FOLDER,
  only,
}: {
  folder?: URL;
  only?: readonly string[];
} = {}): Promise<PageFile[]> {
  const own = (only ?? (await readdir(folder))).map((name) => new URL(name, folder));
  const files = await Promise.all((only ? own : [...own, SHARED]).map(readPageFile));
  const words = new Map<string, Uint8Array>();
  for (const locale of locales) words.set(locale, await readFile(new URL(`${locale}/page.js`, MESSAGES)));
  const worded = { address: '/page.js', type: TYPES['.js'] ?? '', bytes: inEach(words), isWorded: true };
  return only ? files.flat() : withVersion([...files.flat(), worded]);
}

/** The worker is another as soon as any of the page is: the browser compares its bytes. */
function withVersion(files: PageFile[]): PageFile[] {
  const all = files.flatMap(({ address, bytes }) => locales.map((locale) => `${address} ${sha256(bytes(locale))}`));
  const version = sha256(all.sort().join('\n')).slice(0, 16);
  return files.map((file) => {
    if (file.address !== WORKER) return file;
    const text = new TextDecoder().decode(file.bytes('en')).replaceAll('{{version}}', version);
    const bytes = new TextEncoder().encode(text);
    return { ...file, bytes: () => bytes };
  });
}

async function readPageFile(file: URL): Promise<PageFile[]> {
  const name = basename(file.pathname);
  const ending = extname(name);
  const type = TYPES[ending];
  if (type === undefined) return [];
  const bytes = new Uint8Array(await readFile(file));
  const address = ADDRESSES[name] ?? `/${name}`;
  const written = WRITTEN[ending];
  if (!written) return [{ address, type, bytes: () => bytes, isWorded: false }];
  const template = new TextDecoder().decode(bytes);
  const filled = new Map(
    locales.map((locale) => [locale, new TextEncoder().encode(fillIn(template, locale, written))]),
  );
  return [{ address, type, bytes: inEach(filled), isWorded: true }];
}

/** What there is of each locale. */
function inEach<T>(all: ReadonlyMap<string, T>): InWords<T> {
  return (locale) => {
    const found = all.get(locale);
    if (found === undefined) throw new Error(`there are no words for ${locale}`);
    return found;
  };
}

/** Puts a locale's words where a template has their names in braces. */
function fillIn(template: string, locale: string, written: (text: string) => string): string {
  const words: Readonly<Record<string, unknown>> = { ...messagesFor(locale).page, lang: locale };
  return template
    .replace('<html lang="en">', `<html lang="${locale}">`)
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const text = words[name];
      if (typeof text !== 'string') throw new Error(`the page names words that there are not: ${name}`);
      return written(text);
    });
}

/**
 * The page's own files, read once. Nothing in them is private, so they are there for all: the page itself finds out
 * whether its reader is logged in (a browser that comes by a link from elsewhere sends its cookie only then).
 */
export async function createPage(how?: Parameters<typeof readPage>[0]): Promise<Hono<WebEnv>> {
  const routes = new Hono<WebEnv>();
  for (const { address, type, bytes, isWorded } of await readPage(how)) {
    const etags = inEach(new Map(locales.map((locale) => [locale, `"${sha256(bytes(locale))}"`])));
    routes.get(address, (c) => {
      const locale = localeOf(c);
      const etag = etags(locale);
      if (isWorded) c.header('Vary', 'Accept-Language');
      if (isWorded) c.header('Content-Language', locale);
      const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
      if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers);
      return c.body(new Uint8Array(bytes(locale)), 200, { ...headers, 'Content-Type': type });
    });
  }
  return routes;
}
