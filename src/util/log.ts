import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

/** Pictures as data URIs and signed URLs have no place in a log, from whichever library they come. */
const NEVER = [
  { pattern: /data:[\w.+-]+\/[\w.+-]+;base64,[A-Za-z0-9+/=]+/g, instead: 'data:…' },
  { pattern: /([?&](?:_jwt|token|sig|signature|hm|x-amz-[a-z-]+)=)[^&\s"\\]+/gi, instead: '$1…' },
];

/** Takes secrets out of a line: the ones named, and all that looks like a signed URL or a picture. */
export function scrub(line: string, secrets: readonly string[]): string {
  let clean = line;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '…');
  for (const { pattern, instead } of NEVER) clean = clean.replace(pattern, instead);
  return clean;
}

/**
 * A logger to standard error: for people's eyes where a terminal looks, JSON lines otherwise. Every line is scrubbed
 * as a whole, so that no field, error or nested object can carry a secret past it.
 */
export function createLog(options: { level: string; pretty: boolean; secrets: readonly string[] }): Log {
  const out = options.pretty
    ? pretty({ colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true, destination: 2 })
    : process.stderr;
  return pino({ level: options.level, base: null }, { write: (line) => void out.write(scrub(line, options.secrets)) });
}
