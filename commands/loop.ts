import { MAX_LOOPED_MS } from '../src/media/clips/loop.ts';
import { saveAs } from './save-as.ts';

/** **Loop**: the clip there and back, so that it can be played again and again. Made of what is there, at no cost. */
export const loopAction = saveAs('loop', ({ clip }) => (clip?.durationMs ?? 0) <= MAX_LOOPED_MS);
