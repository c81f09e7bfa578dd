/**
 * Compiles the program to `dist`, and the folders that are named beside it: `node compile.js test`. A program that is
 * compiled beforehand starts in half the time, and with 40 MB less, of one whose TypeScript is read as it is loaded.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { oldNode } from './src/node-version.js';

const old = oldNode();
if (old !== undefined) end(old);
// Not at the top: an older Node, or a folder without packages, would end in words that say nothing.
const missing = () => end('Packages are missing here: run npm install first.');
const { build } = await import('esbuild').catch(missing);
for (const name of ['preact', '@preact/signals']) await import(name).catch(missing);

const ROOT = import.meta.dirname;
const OUT = join(ROOT, 'dist');
const FOLDERS = ['src', 'commands', ...process.argv.slice(2)];
/** What runs in the browser: one file for each page. */
const PAGE = join(ROOT, 'src/chat/web/page');
const PAGES = ['app.tsx', 'clips.tsx', 'admin.tsx', 'login.ts', 'offline.ts', 'sw.ts'];

/** @returns {never} */
function end(/** @type {string} */ sentence) {
  console.error(sentence);
  process.exit(1);
}

const isCode = (/** @type {string} */ path) => /\.tsx?$/.test(path);
const isPage = (/** @type {string} */ path) => path.startsWith(PAGE + sep) && isCode(path);

/** Another process may be reading the file: one that is right already stays, and none is ever half there. */
async function put(/** @type {{ path: string; contents: Uint8Array }} */ { path, contents }) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  await writeFile(half, contents);
  await rename(half, path);
}

/** Some 400 files of discord.js and what it needs, as one: they load in a third of the time. Made anew when packages change. */
async function bundleDiscord() {
  const installed = await readFile(join(ROOT, 'node_modules/.package-lock.json')).catch(() => '');
  const name = `discord-${createHash('sha256').update(installed).digest('hex').slice(0, 12)}.js`;
  const folder = join(OUT, 'vendor');
  const path = join(folder, name);
  if (await stat(path).catch(() => undefined)) return path;
  const names = Object.keys(await import('discord.js')).filter((each) => !['default', 'module.exports'].includes(each));
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names.join(', ')} } from 'discord.js';`, resolveDir: ROOT },
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    bundle: true,
    write: false,
    minifyWhitespace: true,
    // Natives that it does without.
    external: ['zlib-sync', 'bufferutil', 'utf-8-validate', 'erlpack'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  for (const { contents } of outputFiles) await put({ path, contents });
  // Another start may be loading this one: only those of before go.
  for (const other of await readdir(folder))
    if (!other.startsWith(name)) await rm(join(folder, other), { force: true });
  return path;
}
const discord = await bundleDiscord();

// Each file becomes one, in the same place of `dist`: what lies beside the code is found beside it there as well.
const entries = FOLDERS.map((folder) => readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }));
const files = (await Promise.all(entries))
  .flat()
  .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
  .filter((path) => !isPage(path));
const { outputFiles } = await build({
  entryPoints: files.filter(isCode),
  outbase: ROOT,
  outdir: OUT,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  write: false,
  bundle: true,
  packages: 'external',
  plugins: [
    {
      name: 'one file for each',
      setup({ onResolve }) {
        onResolve({ filter: /^discord\.js$/ }, ({ importer }) => ({
          path: relative(dirname(join(OUT, relative(ROOT, importer))), discord),
          external: true,
        }));
        onResolve({ filter: /^\./ }, ({ kind, path }) =>
          kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
        );
      },
    },
  ],
});
const page = await build({
  entryPoints: PAGES.map((name) => join(PAGE, name)),
  outbase: ROOT,
  outdir: OUT,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  write: false,
  bundle: true,
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [
    {
      name: 'the words of its reader',
      setup({ onResolve }) {
        // The server has one such file for each language.
        onResolve({ filter: /\/messages\/en\/page\.js$/ }, () => ({ path: './page.js', external: true }));
      },
    },
  ],
});
const copies = files
  .filter((path) => !isCode(path))
  .map(async (path) => ({ path: join(OUT, path.slice(ROOT.length)), contents: await readFile(path) }));
await Promise.all([...outputFiles, ...page.outputFiles, ...(await Promise.all(copies))].map(put));
