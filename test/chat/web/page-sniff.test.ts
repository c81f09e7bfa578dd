import { expect, test } from 'vitest';
import { sniff } from '../../../src/media/pictures/sniff.ts';

/** The page is plain JavaScript, which this program's types know nothing of. */
const page: { sniff(head: Uint8Array): string } = await import(
  new URL('../../../src/chat/web/page/sniff.js', import.meta.url).href
);

const SAMPLES = [
  ...['', '\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a', 'RIFF....WEBP', 'RIFF....AVI ', '%PDF-1.7'],
  ...[
    '\x1a\x45\xdf\xa3',
    '\0\0\x01\xba',
    'FLV\x01',
    '\x30\x26\xb2\x75\x8e\x66\xcf\x11',
    '....moov',
    '....mdat',
    '....wide',
  ],
  ...['avif', 'avis', 'heic', 'heix', 'hevc', 'hevs', 'crx ', 'M4A ', 'isom', 'qt  '].map(
    (brand) => `\0\0\0\x10ftyp${brand}\0\0\0\0`,
  ),
  ...[
    '\0\0\0\x18ftypmif1\0\0\0\0mif1avif',
    '\0\0\0\x18ftypmif1\0\0\0\0mif1heic',
    '\0\0\0\x14ftypmsf1\0\0\0\0msf1',
    '\0\0\0\x08ftyp',
  ],
  ...[
    '<svg>',
    '<?xml?><!-- x --><svg viewBox="">',
    '<!doctype html><svg>',
    '<html ><svg>',
    'words',
    '\xff\xfe<\0s\0v\0g\0>\0',
    '\0\x01\x02',
  ],
];

test('the browser tells files apart as the server does', () => {
  for (const sample of SAMPLES) {
    const bytes = Buffer.from(sample, 'latin1');
    const server = sniff(bytes);
    const isPicture = ['jpeg', 'png', 'webp', 'avif', 'gif'].includes(server);
    expect(page.sniff(bytes), JSON.stringify(sample)).toBe(isPicture ? 'picture' : server);
  }
});
