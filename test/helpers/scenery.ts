import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';

const run = promisify(execFile);

/** A row of hills as an SVG path: two waves over each other. */
function hills(width: number, height: number, base: number, swing: number, phase: number): string {
  const points = Array.from({ length: 61 }, (_, i) => {
    const x = (i / 60) * width;
    const y =
      base - swing * (Math.sin(i / 7 + phase) + 0.5 * Math.sin(i / 2.7 + phase * 3) + 0.2 * Math.sin(i * 1.9 + phase));
    return `${x.toFixed(1)},${(y * height).toFixed(1)}`;
  });
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`;
}

const LAYERS = [
  { base: 0.56, swing: 0.035, phase: 1.1, colour: '#b0808f' },
  { base: 0.64, swing: 0.045, phase: 4.2, colour: '#7d5a74' },
  { base: 0.74, swing: 0.05, phase: 0.4, colour: '#4a3a57' },
  { base: 0.88, swing: 0.055, phase: 2.6, colour: '#231f36' },
];

/** An evening in the hills: made here, so that nobody's licence comes with it, and busy enough to look like a photo. */
export function scenery(width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#31406b"/><stop offset=".35" stop-color="#a4688a"/>
        <stop offset=".55" stop-color="#f3a774"/><stop offset=".7" stop-color="#ffdca8"/></linearGradient>
      <radialGradient id="sun"><stop offset="0" stop-color="#fffbe6"/><stop offset=".18" stop-color="#ffe9b0"/>
        <stop offset="1" stop-color="#ffca80" stop-opacity="0"/></radialGradient>
      <filter id="clouds"><feTurbulence type="fractalNoise" baseFrequency=".0035 .018" numOctaves="5" seed="8"/>
        <feColorMatrix values="0 0 0 0 1  0 0 0 0 .87  0 0 0 0 .8  0 3.2 0 0 -1.5"/></filter>
      <filter id="grain"><feTurbulence type="fractalNoise" baseFrequency=".9" numOctaves="2"/>
        <feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 .09 0"/></filter>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <rect width="100%" height="60%" filter="url(#clouds)" opacity=".55"/>
    <circle cx="${width * 0.66}" cy="${height * 0.48}" r="${height * 0.34}" fill="url(#sun)"/>
    ${LAYERS.map(({ base, swing, phase, colour }) => `<path d="${hills(width, height, base, swing, phase)}" fill="${colour}"/>`).join('')}
    <rect width="100%" height="100%" filter="url(#grain)"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 86 }).toBuffer();
}

/** A short H.264 clip of a picture: a slow push in. */
export async function clipOf(
  picture: Uint8Array,
  { width, height }: { width: number; height: number },
): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-clip-'));
  try {
    const [from, to] = [join(dir, 'picture.jpg'), join(dir, 'clip.mp4')];
    await writeFile(from, picture);
    const zoom = `zoompan=z='1+on/120':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=24:s=${width}x${height}:fps=12,format=yuv420p`;
    const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart'];
    await run(await findFfmpeg({}), ['-v', 'error', '-i', from, '-vf', zoom, ...encode, to]);
    return await readFile(to);
  } finally {
    await rm(dir, { recursive: true });
  }
}
