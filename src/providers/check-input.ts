import type { Capabilities, SubmitInput } from './provider.ts';

/** Throws a `RangeError` for a request beyond what the provider said it can do: the caller had to know. */
export function checkInput(input: SubmitInput, can: Capabilities, keys: readonly string[] = []): void {
  const { size, duration, scene, motion, seed, key, lastPicture, sound } = input;
  const wrong = [
    !can.sizes.some(({ width, height }) => width === size.width && height === size.height) && 'size',
    !can.durations.includes(duration) && 'duration',
    scene.length > can.maxSceneChars && 'scene',
    !(motion >= 1 && motion <= 10) && 'motion',
    !(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff) && 'seed',
    key !== undefined && !keys.includes(key) && 'key',
    lastPicture !== undefined && !can.lastFrame && 'lastPicture',
    sound === true && !can.sound && 'sound',
    input.endsOnPicture === true && !can.endFrame && 'endsOnPicture',
    input.callbackUrl !== undefined && !can.callbacks && 'callbackUrl',
  ].filter(Boolean);
  if (wrong.length > 0) throw new RangeError(`Beyond what this provider can do: ${wrong.join(', ')}.`);
}
