/**
 * Compiles the program to `dist`, and the folders that are named beside it: `node compile.js test`. In a hundred files it
 * starts with two thirds of the computing (0.67 of 1.03 s), and with 25 MB less, of one in as many files as its sources.
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
const CODE = ['src', 'commands'];
/** What Node is told to run, in the program; of a folder that is named, any file may be. */
const ENTRIES =
  /^src\/(main|cli\/(animate|check-keys|doctor|store)|media\/pictures\/decoder\/(program|heic-thread))\.ts$/;
/** Libraries of many small files. */
const LIBRARIES = ['discord.js', 'grammy', 'mediabunny', 'prom-client', 'undici', 'zod'];
/** What runs in the browser: one file for each page. */
const PAGE = join(ROOT, 'src/chat/web/page');
const PAGES = ['app.tsx', 'clips.tsx', 'admin.tsx', 'login.ts', 'offline.ts', 'sw.ts'];
const KEPT_DAYS = 7;

/** @type {import('esbuild').BuildOptions} */
const BUNDLE = { format: 'esm', platform: 'node', target: 'node20.19', bundle: true, splitting: true };

/** @returns {never} */
function end(/** @type {string} */ sentence) {
  console.error(sentence);
  process.exit(1);
}

const isCode = (/** @type {string} */ path) => /\.tsx?$/.test(path);

/** Another process may be reading the file: one that is right already stays, and none is ever half there. */
async function put(/** @type {{ path: string; contents: Uint8Array }} */ { path, contents }) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  await writeFile(half, contents);
  await rename(half, path);
}

/** As one file each they load in a third of the time. Made anew when packages or this file change; tells where package.json finds them. */
async function bundleLibraries() {
  const installed = await readFile(join(ROOT, 'node_modules/.package-lock.json')).catch(() => '');
  const code = await readFile(import.meta.filename);
  const key = createHash('sha256').update(installed).update(code).digest('hex').slice(0, 12);
  const folder = join(OUT, 'libraries', key);
  const imported = `#libraries/${key}`;
  if (await stat(folder).catch(() => undefined)) return imported;
  const half = `${folder}.${process.pid}`;
  const exported = async (/** @type {string} */ name) =>
    Object.keys(await import(name)).filter((each) => !['default', 'module.exports'].includes(each));
  await build({
    ...BUNDLE,
    entryPoints: LIBRARIES.map((name) => ({ in: name, out: name })),
    outdir: half,
    minifyWhitespace: true,
    // Libraries go by names: discord.js’s limits of its caches are told by those of its classes.
    keepNames: true,
    // Natives that they do without.
    external: ['zlib-sync', 'bufferutil', 'utf-8-validate', 'erlpack'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [
      {
        name: 'all that each exports',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^/ }, ({ kind, path }) =>
            kind === 'entry-point' ? { path, namespace: 'library' } : undefined,
          );
          onLoad({ filter: /^/, namespace: 'library' }, async ({ path }) => ({
            contents: `export { ${(await exported(path)).join(', ')} } from '${path}';`,
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
  // Another start may have been quicker.
  await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
  return imported;
}

/** All files of a folder. */
async function filesIn(/** @type {string} */ folder) {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

/** What `entries` run, as one file each and chunks of what several of them have, in `chunks`. */
async function bundle(
  /** @type {{ entries: string[]; chunks: string; libraries: string }} */ { entries, chunks, libraries },
) {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: entries,
    outbase: ROOT,
    outdir: OUT,
    chunkNames: `${chunks}/[name]-[hash]`,
    sourcemap: true,
    // Node reads each map as it loads its code.
    sourcesContent: false,
    write: false,
    packages: 'external',
    // Where `dist` is.
    banner: { js: "const DIST = import.meta.url.slice(0, import.meta.url.lastIndexOf('/dist/') + 6);" },
    plugins: [
      {
        name: 'libraries, and what lies beside the code',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^[a-z.-]+$/ }, ({ path }) =>
            LIBRARIES.includes(path) ? { path: `${libraries}/${path}.js`, external: true } : undefined,
          );
          // In a chunk it is as if each file were still in its place.
          onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const code = await readFile(path, 'utf8');
            if (!code.includes('import.meta.')) return undefined;
            if (/import\.meta\.(?!url\b)/.test(code))
              return { errors: [{ text: `${path} may ask import.meta for url alone.` }] };
            const place = relative(ROOT, path).split(sep).join('/').replace(/ts$/, 'js');
            return { contents: code.replaceAll('import.meta.url', `new URL('${place}', DIST).href`), loader: 'ts' };
          });
        },
      },
    ],
  });
  return outputFiles;
}

/** A program that is running may still load what was built before: that goes after some days. */
async function clearOld(/** @type {string} */ folder, /** @type {Set<string>} */ kept) {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (kept.has(path)) continue;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_DAYS * 86_400_000) await rm(path, { recursive: true, force: true });
  }
}

const libraries = await bundleLibraries();
const ours = (await Promise.all(CODE.map(filesIn))).flat();
const isEntry = (/** @type {string} */ path) => ENTRIES.test(relative(ROOT, path).split(sep).join('/'));
const program = await bundle({ entries: ours.filter(isEntry), chunks: 'chunks', libraries });
const named = await Promise.all(
  process.argv.slice(2).map(async (folder) => ({ folder, files: await filesIn(folder) })),
);
const others = named.map(({ folder, files }) => {
  const entries = files.filter((path) => isCode(path) && !/\.test\.ts$/.test(path));
  return bundle({ entries, chunks: `${folder}/chunks`, libraries });
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
// What the program reads lies in `dist` as it does beside the code.
const copies = [...ours, ...named.flatMap(({ files }) => files)]
  .filter((path) => !isCode(path))
  .map(async (path) => ({ path: join(OUT, relative(ROOT, path)), contents: await readFile(path) }));
const made = [...program, ...(await Promise.all(others)).flat(), ...page.outputFiles, ...(await Promise.all(copies))];
// What is run comes last: it may be run at once.
const isChunk = (/** @type {{ path: string }} */ { path }) => dirname(path).endsWith(`${sep}chunks`);
await Promise.all(made.filter(isChunk).map(put));
await Promise.all(made.filter((each) => !isChunk(each)).map(put));
const paths = new Set(made.map(({ path }) => path));
for (const folder of ['', ...process.argv.slice(2)]) await clearOld(join(OUT, folder, 'chunks'), paths);
await clearOld(join(OUT, 'libraries'), new Set([join(OUT, libraries.slice(1))]));
