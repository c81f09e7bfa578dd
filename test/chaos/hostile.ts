import { CORPUS } from '../media/hostile.ts';
import type { Picture } from './crowd.ts';

/** Of so many pictures one hurts whoever decodes it. */
const EACH = 40;

/** Pictures that hurt, thrown in among the others; undefined for everybody else's. */
export async function createHostilePictures(): Promise<(n: number) => Picture | undefined> {
  const pictures: Buffer[] = [];
  // One after another: each takes up to a gigabyte to be made.
  for (const { make } of CORPUS) pictures.push(await make());
  return (n) => {
    const bytes = isHostile(n) ? pictures[Math.floor(n / EACH) % pictures.length] : undefined;
    // What it is said to be.
    return bytes && { bytes, type: 'image/png', width: 1280, height: 720 };
  };
}

export const isHostile = (n: number): boolean => n % EACH === EACH / 2;
