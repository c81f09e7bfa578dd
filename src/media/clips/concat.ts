import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Arguments for ffmpeg that put the pictures of parts behind each other as they are: names of files beside `to`. */
export async function concatArgs(names: readonly string[], to: string): Promise<string[]> {
  const list = join(dirname(to), 'parts.txt');
  await writeFile(list, ['ffconcat version 1.0', ...names.map((name) => `file ${name}`), ''].join('\n'));
  return [
    ...['-protocol_whitelist', 'file', '-f', 'concat', '-safe', '1', '-i', list],
    ...['-map', '0:v:0', '-c', 'copy'],
  ];
}
