/** How an MP4 is read. `how`: options of the input. */
interface HowRead {
  threads: number;
  how?: readonly string[];
}

/** What ffmpeg reads: the MP4 at this path, as an MP4 whatever it looks like, and nothing but this file: no playlist may send ffmpeg elsewhere. */
export const mp4File = (path: string, { threads, how = [] }: HowRead): string[] => [
  ...['-threads', `${threads}`, '-protocol_whitelist', 'file', '-f', 'mp4', ...how, '-i', path],
];

/** The same, and of it the pictures alone. */
export const mp4Input = (path: string, how: HowRead): string[] => [...mp4File(path, how), '-map', '0:v:0'];
