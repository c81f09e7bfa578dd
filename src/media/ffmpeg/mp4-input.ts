/**
 * What ffmpeg reads: the pictures of an MP4 at this path, as an MP4 whatever it looks like, and nothing but this file: no
 * playlist may send ffmpeg elsewhere. `how`: options of the input.
 */
export const mp4Input = (
  path: string,
  { threads, how = [] }: { threads: number; how?: readonly string[] },
): string[] => [
  ...['-threads', `${threads}`, '-protocol_whitelist', 'file', '-f', 'mp4', ...how, '-i', path, '-map', '0:v:0'],
];
