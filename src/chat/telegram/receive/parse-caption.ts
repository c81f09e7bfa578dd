import type { WantedOptions } from '../../../../commands/record.ts';
import { DURATIONS_SECONDS } from '../../../task/options.ts';
import { fitSchema } from '../../../task/picture.ts';

/** What a person asks for in one line: the scene, and options as words at its end. */
export interface ParsedCaption {
  scene: string;
  options: WantedOptions;
}

const DURATIONS: readonly string[] = DURATIONS_SECONDS.map((seconds) => `${seconds}s`);
const FITS: readonly string[] = fitSchema.options;

/** Takes options off the end of the words, each at most once; what is none, and all before it, is the scene. */
export function parseCaption(words: string): ParsedCaption {
  let scene = words.trim();
  const options: WantedOptions = {};
  for (;;) {
    const last = /(?:^|\s)(\S+)$/.exec(scene)?.[1];
    if (last === undefined || !readOption(last.toLowerCase(), options)) return { scene, options };
    scene = scene.slice(0, -last.length).trimEnd();
  }
}

function readOption(word: string, options: WantedOptions): boolean {
  const [, name, number] = /^(motion|seed)=(\d{1,12})$/.exec(word) ?? [];
  if (name === 'motion' && options.motion === undefined) options.motion = Number(number);
  else if (name === 'seed' && options.seed === undefined) options.seed = Number(number);
  else if (DURATIONS.includes(word) && options.duration === undefined) options.duration = Number.parseInt(word, 10);
  else if (FITS.includes(word) && options.fit === undefined) options.fit = word;
  else return false;
  return true;
}
