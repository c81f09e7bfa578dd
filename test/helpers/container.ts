import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, cp, link, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { freePort } from '../bench/free-port.ts';
import { type RunningBot, spawnBot, startBot } from './bot.ts';
import { type Image, isSent, REPOSITORY, readImage } from './docker-files.ts';

const run = promisify(execFile);

/** Nobody: neither the owner of the program's folder nor of anything else. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** A folder that stands for a container's disk, and the user who runs there. */
export interface Container {
  /** Where its program and its packages are. */
  app: string;
  /** A folder that stands for DATA_DIR, and belongs to the user. */
  dataDir(): Promise<string>;
  /** The program by the image's own command, with DATA_DIR and PORT put where this machine has room for them. */
  spawn(env: Record<string, string>, port?: number): Promise<ReturnType<typeof spawnBot>>;
  start(env: Record<string, string>): Promise<RunningBot>;
  /** Rejects where the image's HEALTHCHECK finds the program ill. */
  checkHealth(env: Record<string, string>, bot: RunningBot): Promise<void>;
  close(): Promise<void>;
}

/**
 * Lays out what the Dockerfile copies and compiles, and nothing else, in a folder in which the user can write nothing. Only root can be
 * another user; anybody else runs as themselves, in a folder that is closed to them too.
 */
export async function layOut(): Promise<Container> {
  const image = readImage();
  const root = await mkdtemp(join(tmpdir(), 'kinora-container-'));
  await chmod(root, 0o755);
  const app = join(root, image.workdir);
  const bin = join(root, 'bin');
  const temporary = join(root, 'tmp');
  await Promise.all([app, bin, temporary].map((dir) => mkdir(dir)));
  await chmod(temporary, 0o1777);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) process.stderr.write('Not root: the container test runs as this user, not as another.\n');
  const user = isRoot ? NOBODY : {};

  const build = join(root, 'build');
  await mkdir(build);
  await copySent(image.build.copies, build);
  for (const command of image.build.run)
    if (command.startsWith('npm ci ')) await linkPackages(join(build, 'node_modules'), leftOutOf(command));
    else await run('sh', ['-c', command], { cwd: build });
  await copySent(
    image.copies.filter(({ from }) => from === undefined),
    app,
  );
  for (const { from, sources, target } of image.copies)
    for (const source of sources)
      if (from === 'build' && source.startsWith(`${image.workdir}/`))
        await linkAll([join(build, source.slice(image.workdir.length))], join(app, target));
  // Those of the image are on its PATH, and anybody may run them.
  await linkFile(process.execPath, join(bin, 'node'));
  const ffmpeg = await findFfmpeg({ FFMPEG_PATH: process.env.FFMPEG_PATH });
  if (isAbsolute(ffmpeg)) await linkFile(ffmpeg, join(bin, 'ffmpeg'));
  await chmod(app, 0o555);

  const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
  const own = { PATH: path, HOME: temporary, TMPDIR: temporary };
  const place = { cwd: app, command: image.cmd, ...user };
  const moved = (env: Record<string, string>, port: number) => ({ ...env, ...own, PORT: `${port}` });
  return {
    app,
    async dataDir() {
      const dir = await mkdtemp(join(root, 'data-'));
      if (isRoot) await chown(dir, NOBODY.uid, NOBODY.gid);
      return dir;
    },
    spawn: async (env, port) => spawnBot(moved(env, port ?? (await freePort())), place),
    start: async (env) => startBot(moved(env, await freePort()), place),
    async checkHealth(env, bot) {
      const [program = '', ...args] = image.health;
      await run(program, args, { cwd: app, env: moved(env, bot.port), timeout: 10_000, ...user });
    },
    async close() {
      await chmod(app, 0o755);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function copySent(copies: Image['copies'], to: string): Promise<void> {
  for (const { sources, target } of copies)
    for (const source of sources) {
      if (!isSent(source)) throw new Error(`.dockerignore keeps ${source} from the image`);
      await cp(join(REPOSITORY, source), join(to, target.endsWith('/') ? source : target), { recursive: true });
    }
}

/** What is removed of what `npm ci` installed, in the same command: folders of `node_modules`. */
const leftOutOf = (command: string): string[] =>
  [...command.matchAll(/rm -rf node_modules\/(\S+)/g)].map(([, name = '']) => name);

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/** The packages that `npm ci --omit=dev` would install, but for the folders that the image leaves out. */
async function linkPackages(target: string, leftOut: readonly string[]): Promise<void> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8')));
  const names = Object.entries(packages)
    .filter(([path, { dev }]) => path.lastIndexOf('node_modules/') === 0 && dev !== true)
    .map(([path]) => path.slice('node_modules/'.length))
    .filter((name) => !leftOut.includes(dirname(name)))
    .filter((name) => existsSync(join(REPOSITORY, 'node_modules', name)));
  for (const folder of new Set(names.map((name) => dirname(name)))) {
    const into = join(target, folder);
    await mkdir(into, { recursive: true });
    const from = names.filter((name) => dirname(name) === folder).map((name) => join(REPOSITORY, 'node_modules', name));
    await linkAll(from, into);
  }
}

/** Links where both are on one disk, else copies. */
const linkAll = (from: readonly string[], into: string): Promise<unknown> =>
  run('cp', ['-Rl', ...from, into]).catch(() => run('cp', ['-R', ...from, into]));

const linkFile = (from: string, to: string): Promise<void> => link(from, to).catch(() => copyFile(from, to));
