import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(REPOSITORY, name), 'utf8');

/** What a stage of the Dockerfile copies and runs. */
interface Stage {
  run: string[];
  copies: { from: string | undefined; sources: string[]; target: string }[];
}

/** What the Dockerfile's last stage says, and the one that builds what it copies. */
export interface Image extends Stage {
  build: Stage;
  /** The images that it is made of. */
  bases: string[];
  env: Record<string, string>;
  user: string;
  workdir: string;
  volume: string;
  cmd: string[];
  /** The command of HEALTHCHECK. */
  health: string[];
}

const argvSchema = z.array(z.string()).min(1);
const argv = (text: string): string[] => argvSchema.parse(JSON.parse(text));

export function readImage(): Image {
  const lines = read('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));
  const stage = lines.slice(last);
  const isBuild = (line: string) => /^FROM \S+ AS build$/.test(line);
  const build = lines.slice(lines.findIndex(isBuild), last);
  const all = (name: string) => named(name, stage);
  const one = (name: string): string => z.tuple([z.string()]).parse(all(name))[0];
  return {
    ...stageOf(stage),
    build: stageOf(build),
    bases: named('FROM', lines).map((line) => words(line)[0] ?? ''),
    env: Object.fromEntries(all('ENV').flatMap((line) => words(line).map((pair) => pair.split('=', 2)))),
    user: one('USER'),
    workdir: one('WORKDIR'),
    volume: one('VOLUME'),
    cmd: argv(one('CMD')),
    health: argv(one('HEALTHCHECK').replace(/^.*?\bCMD\s+/, '')),
  };
}

const words = (text: string): string[] => text.split(/\s+/);

const named = (name: string, lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length).trim());

const stageOf = (lines: readonly string[]): Stage => ({
  run: named('RUN', lines),
  copies: named('COPY', lines).map((line) => {
    const [from] = /(?<=^--from=)\S+/.exec(line) ?? [];
    const paths = words(line).filter((word) => !word.startsWith('--'));
    return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
  }),
});

/** Whether `.dockerignore`, which leaves out everything and then takes some back, lets a source into the build. */
export function isSent(source: string): boolean {
  const [first, ...back] = read('.dockerignore').trim().split('\n');
  return first === '*' && back.includes(`!${source}`);
}

const serviceSchema = z.object({
  environment: z.record(z.string(), z.string()),
  env_file: z.tuple([z.object({ path: z.literal('.env'), required: z.literal(false) })]),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
});
/** A service that runs one script and ends. */
const onceSchema = z.object({ image: z.string(), command: z.tuple([z.literal('sh'), z.literal('-ec'), z.string()]) });
const composeSchema = z.object({
  services: z.object({
    kinora: serviceSchema,
    mongo: z.object({ image: z.string(), command: z.array(z.string()) }),
    'mongo-password': onceSchema,
    'mongo-user': onceSchema,
  }),
});
const services = () => composeSchema.parse(parse(read('compose.yaml'))).services;

/** What makes the database's password and user: scripts, as the shell in the container sees them. */
export function mongoScripts(): { password: string; user: string; images: string[]; server: string[] } {
  const all = services();
  const script = ({ command }: z.infer<typeof onceSchema>) => command[2].replaceAll('$$', '$');
  return {
    password: script(all['mongo-password']),
    user: script(all['mongo-user']),
    images: [all.mongo.image, all['mongo-password'].image, all['mongo-user'].image],
    server: all.mongo.command,
  };
}

/**
 * The container that `docker compose up` makes with this `.env` and these variables of the shell: `.env` is its
 * `env_file` and, under the shell's, what `${…}` in compose.yaml takes its values from; `environment` has the last word.
 */
export function composed(dotenv: string, shell: Record<string, string> = {}) {
  const file = valuesOf(dotenv);
  const filled = (text: string) => interpolate(text, { ...file, ...shell });
  const { environment, ports, volumes } = services().kinora;
  const said = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
  return {
    env: { ...readImage().env, ...file, ...said },
    ports: ports.map(filled),
    volumes,
  };
}

const valuesOf = (dotenv: string): Record<string, string> =>
  z.record(z.string(), z.string()).parse({ ...parseEnv(dotenv) });

/** `${NAME}` and `${NAME:-value}`, the latter also where NAME is empty. */
function interpolate(text: string, values: Record<string, string>): string {
  const filled = text.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, name: string, otherwise = '') =>
    values[name] === undefined || values[name] === '' ? otherwise : values[name],
  );
  if (filled.includes('$')) throw new Error(`compose.yaml says ${text}, which this helper cannot read`);
  return filled;
}

/** What people may have made of `.env.example`. */
export function dotenvs() {
  const copied = read('.env.example');
  const uncommented = copied.replace(/^# ?(?=[A-Z_]+=)/gm, '');
  return {
    copied,
    /** Every setting as the file shows it. */
    uncommented,
    /** As copies of the file's first versions are: every setting there, and empty. */
    empty: uncommented.replace(/^([A-Z_]+)=.*$/gm, '$1='),
    with: (name: string, value: string) => copied.replace(new RegExp(`^# ?${name}=.*$`, 'm'), `${name}=${value}`),
  };
}
