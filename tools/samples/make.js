// @ts-check
/**
 * Makes the pictures that the empty page of the web chat offers, and the clips that play there: `node compile.js`, then
 * `node tools/samples/make.js`. Each picture is code; each clip is what the preview makes of its picture, cut to a square,
 * there and back.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boat } from './boat.js';
import { city } from './city.js';
import { hills } from './hills.js';

const ROOT = join(import.meta.dirname, '../..');
const OUT = join(ROOT, 'src/chat/web/samples');
const SECONDS = 3;
const FPS = 24;
/** Of a clip, in pixels: what a tile has on a fine screen. */
const SIDE = 440;
const LAST = SECONDS * FPS - 1;
/** Both ends once. */
const THERE_AND_BACK =
  `crop='min(iw,ih)':'min(iw,ih)',scale=${SIDE}:${SIDE}:flags=lanczos,split[a][b];` +
  `[b]reverse,trim=start_frame=1:end_frame=${LAST},setpts=PTS-STARTPTS[r];[a][r]concat=n=2`;
const ENCODER =
  '-an -c:v libx264 -preset veryslow -crf 29 -pix_fmt yuv420p -movflags +faststart -map_metadata -1 -fflags +bitexact -flags:v +bitexact';

const SAMPLES = [
  { name: 'hills', picture: hills, scene: 'slow pan right', motion: '8' },
  { name: 'boat', picture: boat, scene: 'slow zoom in', motion: '8' },
  { name: 'city', picture: city, scene: 'the camera rises', motion: '3' },
];

const scratch = mkdtempSync(join(tmpdir(), 'samples-'));
for (const { name, picture, scene, motion } of SAMPLES) {
  const at = (/** @type {string} */ ending) => join(OUT, `${name}${ending}`);
  const made = await (await picture()).jpeg({ quality: 82, mozjpeg: true }).toFile(at('.jpg'));
  const rendered = join(scratch, `${name}.mp4`);
  const options = ['--seed', '4', '--duration', String(SECONDS), '--motion', motion, '--out', rendered];
  execFileSync(process.execPath, [join(ROOT, 'dist/src/cli/animate.js'), at('.jpg'), scene, ...options], {
    env: { ...process.env, DATA_DIR: join(scratch, 'data') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const run = (/** @type {string[]} */ ...args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  run('-i', rendered, '-filter_complex', `[0:v]${THERE_AND_BACK}`, ...ENCODER.split(' '), at('.mp4'));
  // What stands there until the clip does, and where nothing is to move: its first frame.
  run('-i', at('.mp4'), '-frames:v', '1', '-q:v', '7', at('-still.jpg'));
  console.log(name, made.size);
}
rmSync(scratch, { recursive: true, force: true });
