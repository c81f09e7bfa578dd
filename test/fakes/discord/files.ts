import { imageSize } from 'image-size';

/** What Discord makes of a file's name. */
export const cleanName = (name: string): string => name.replace(/[^\w.-]+/g, '_').slice(-100) || 'unknown';

/** What Discord tells of a picture; nothing of other files. */
export function sizeOf(bytes: Buffer): { width?: number; height?: number } {
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    return {};
  }
}
