import { eyeIn, LOOK_PX } from '../../../media/pictures/eye.ts';
import type { Focus } from '../../../task/crop.ts';
import type { Size } from '../../../task/shapes.ts';

const MIDDLE: Focus = { x: 0.5, y: 0.5 };

/** Where a picture draws the eye, as the server would say; the middle where this browser cannot look. */
export async function eyeOf(file: Blob, { width, height }: Size): Promise<Focus> {
  const scale = Math.min(1, LOOK_PX / Math.max(width, height));
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  try {
    const bitmap = await createImageBitmap(file, {
      resizeWidth: small.width,
      resizeHeight: small.height,
      resizeQuality: 'medium',
    });
    const canvas = Object.assign(document.createElement('canvas'), small);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { data } = context?.getImageData(0, 0, small.width, small.height) ?? { data: new Uint8ClampedArray() };
    return eyeIn(new Uint8Array(data.filter((_, i) => i % 4 !== 3)), small);
  } catch {
    return MIDDLE;
  }
}
