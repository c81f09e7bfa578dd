import type { HeededOptions } from '../../task/options.ts';
import { optionsIn } from '../told-options.ts';
import { commands } from './commands.ts';
import { page } from './page.js';
import { about, countedCredits, instant } from './say.ts';

/** What a clip is made with, one by one. */
const options = optionsIn({
  length: (s) => `${s} s`,
  withSound: (s) => `${s} s with sound`,
  motion: (n) => `motion ${n}`,
  seed: (n) => `seed ${n}`,
  seedsFrom: (n) => `seeds from ${n}`,
  shapes: commands.animate.options.shape.choices,
});

/** What is said of one task, beside how it stands. */
export const task = {
  options,
  /** One of those facts; `notes`: what was done to that picture. */
  endsOn: (notes: readonly string[]): string =>
    notes.length === 0 ? 'ends on a second picture' : `ends on a second picture (${notes.join(', ')})`,
  clip: (scene: string): string => scene,
  /** Among the facts of what goes on from another clip: how long both are, or that they are not one. */
  goesOn: {
    inAll: (seconds: number): string => `${seconds} s in all`,
    isAlone: 'the new part alone: it could not be joined',
  },
  /** Stands for a scene without words. */
  wordless: 'moves by itself',
  doubt:
    'The service did not say whether it took your request. Trying again may cost a second credit; leaving it costs nothing more.',
  clipAtLink: (link: string): string => `Your clip is ready, but this chat does not take it. Watch it here: ${link}`,
  /** Stands beside a card that says why. */
  didNotWork: 'That did not work.',
  /** A task's facts, for the person who presses for them. */
  details(d: {
    id: string;
    options: HeededOptions;
    credits: number;
    /** Whether it certainly cost so much. */
    isSure: boolean;
    /** Milliseconds since the epoch. */
    askedAt: number | undefined;
    endedAt: number | undefined;
  }): string {
    const { fit, model } = d.options;
    const cost = d.credits === 0 ? 'nothing' : `${d.isSure ? '' : 'at most '}${countedCredits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      [...options(d.options), page.fits[fit]?.name ?? fit, ...(model === undefined ? [] : [model])].join(' · '),
      `Cost: ${cost}`,
      `Asked for on ${instant(askedAt)}, ended after ${about(endedAt - askedAt)}`,
      `Id: ${d.id}`,
    ].join('\n');
  },

  /** Over a clip that is shown somewhere else than it was made. */
  shown: (o: { scene: string; author: string }): string =>
    o.scene === '' ? `By ${o.author}` : `${o.scene}\n— by ${o.author}`,
  /** `isShown`: it was made somewhere else. */
  reported: ({ isShown }: { isShown: boolean }): string =>
    `Somebody reported this clip. If it should not be here, press Delete to take it down${isShown ? '' : ' everywhere it was shown'}.`,
};
