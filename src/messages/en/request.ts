import { about, countedClips, countedCredits, plural } from './say.ts';

const clip = (n: number): string => plural(n, { one: 'clip', other: 'clips' });

/** Answers to requests and presses. */
export const request = {
  noScene: 'Say what should happen in the picture, for instance "waves roll in, slow zoom".',
  sceneTooLong: (found: number, most: number): string =>
    `The scene is too long (${found} characters). Use at most ${most}.`,
  /** Entries of ALLOW: of all who are here, and of the person. `manages`: who may well be the operator. */
  notAllowed: ({ here, person, manages }: { here: string; person: string; manages: boolean }): string => {
    const named = 'This bot makes clips only for the places and people its operator has named.';
    if (manages) return `${named} Operator: add ALLOW=${here} for everybody here, or ALLOW=${person} for you alone.`;
    const ids = here === person ? person : `${person} (you), or ${here} (everybody here)`;
    return `${named} Send whoever runs it this, for ALLOW: ${ids}.`;
  },
  budgetSpent: "Today's budget for clips is used up. It starts anew at midnight UTC; this one cost nothing.",
  personHadEnough: (clips: number, { isShared }: { isShared: boolean }): string => {
    const those = `${countedClips(clips)} for today`;
    return isShared
      ? `Those who write here as a channel or as the group have had their ${those} together. Write as yourself, or after midnight UTC.`
      : `You have had your ${those}. It starts anew at midnight UTC.`;
  },
  tooManyWaiting: (clips: number, { isShared }: { isShared: boolean }): string => {
    const those = `${countedClips(clips)} waiting or being made`;
    return isShared
      ? `Those who write here as a channel or as the group have ${those} together. Write as yourself, or ask again when one is done.`
      : `You have ${those} already. Ask again when one is done.`;
  },
  chatHadEnough: (clips: number): string =>
    `This chat has had its ${countedClips(clips)} for today. It starts anew at midnight UTC.`,
  chatTooManyWaiting: (clips: number): string =>
    `This chat has ${countedClips(clips)} waiting or being made already. Ask again when one is done.`,
  /** What may still be asked for today, once a request is taken. */
  left: {
    person: (clips: number, { isShared }: { isShared: boolean }): string => {
      const whose = isShared ? 'Those who write here as a channel or as the group' : 'You';
      if (clips > 0) return `${whose} have ${clips} more ${clip(clips)} today.`;
      return isShared ? `${whose} have had their last clip for today.` : 'That was your last clip for today.';
    },
    chat: (clips: number): string =>
      clips === 0
        ? 'That was the last clip of this chat for today.'
        : `This chat has ${clips} more ${clip(clips)} today.`,
    budget: (clips: number): string =>
      clips === 0
        ? "That was the last clip of today's budget."
        : `Today's budget is enough for ${clips} more ${clip(clips)}.`,
  },
  /** `most`: as many would be taken just now. */
  fewerTakes: (most: number, takes: number): string =>
    `You asked for ${takes} takes, and just now there is room for ${most} more ${clip(most)}. Ask for fewer takes, or again later.`,
  takesCost: (takes: number, cost: number): string => `${takes} takes cost ${countedCredits(cost)}.`,
  tooManyShown: (clips: number): string => `You have shown ${clips} clips just now. Show the next one in a minute.`,
  tooManyConverted: 'Several clips are being made into other files. Ask again in a minute.',
  tooManyReported: 'You have reported several clips just now. Report the next one in a minute.',
  diskNearlyFull:
    'The disk of the machine that runs this bot is nearly full, so no request is taken. Ask again later, or tell whoever runs it.',
  moderationPause: (ms: number): string =>
    `The service refused several of your requests under its content rules. You can ask again in ${about(ms)}.`,
  tooLate: 'Too late: this clip is already done.',
  notYours: 'Only the person who asked for this clip can do that.',
  gone: 'This clip is not here any more.',
  bothGone: 'The other picture of this request is not here either. Ask for the clip anew, with both pictures.',
  cancelHeard: 'All right. Its own message says how it ends.',
  nothingToCancel: 'None of your clips is being made here.',
  cancelWhich: 'Several of your clips are being made here. Which one should stop?',
  coveredScene: (ageMs: number): string => `a covered scene, asked for ${about(ageMs)} ago`,
  noDoubt: 'This is settled already.',
  retrying: 'Trying again.',
  leaving: 'Left alone.',
  underWay: 'This clip is still being made: cancel it first, or wait until it is done.',
  takesBegin: 'The other takes are only just beginning, with the picture of this one. Try again in a moment.',
  deleted: 'Deleted.',
  deletedBefore: 'What you asked for here was deleted. For another clip, send the picture anew.',
};
