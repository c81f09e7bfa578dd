import { describe, expect, test } from 'vitest';
import { createSamples } from '../../../src/chat/web/samples.ts';
import { page } from '../../../src/messages/en/page.js';

/** Bytes of a picture with its clip. */
const MOST_BYTES = 150_000;

describe('our own pictures', async () => {
  const routes = await createSamples();
  const get = (path: string, headers: Record<string, string> = {}) => routes.request(path, { headers });
  const bytesOf = async (path: string) => (await (await get(path)).arrayBuffer()).byteLength;

  test.each(Object.keys(page.samples))('%s comes with its clip, both small, and is kept by browsers', async (name) => {
    const [picture, clip, still] = ['.jpg', '.mp4', '-still.jpg'].map((ending) => `/samples/${name}${ending}`);
    expect((await bytesOf(picture ?? '')) + (await bytesOf(clip ?? ''))).toBeLessThan(MOST_BYTES);
    for (const path of [picture ?? '', clip ?? '', still ?? '']) {
      const { status, headers } = await get(path);
      expect([status, headers.get('content-type')]).toEqual([200, path.endsWith('mp4') ? 'video/mp4' : 'image/jpeg']);
      expect(headers.get('cache-control')).toMatch(/^public, max-age=\d{4,}$/);
      expect((await get(path, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
    }
  });

  test('come in parts to who asks for parts', async () => {
    const all = await bytesOf('/samples/boat.mp4');
    const part = await get('/samples/boat.mp4', { range: 'bytes=0-1' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-1/${all}`]);
    expect((await part.arrayBuffer()).byteLength).toBe(2);
    expect((await get('/samples/boat.mp4', { range: `bytes=${all}-` })).status).toBe(416);
  });
});
