import type { Options } from '../task/options.ts';
import { admin } from './en/admin.ts';
import { actions, commands, help } from './en/commands.ts';
import { counted } from './en/counted.ts';
import { discord } from './en/discord.ts';
import { failure } from './en/failures.ts';
import { links } from './en/links.ts';
import { page } from './en/page.js';
import { note, picture } from './en/pictures.ts';
import { confirm, exported, forget, privacy } from './en/privacy.ts';
import { settings } from './en/settings.ts';
import { span } from './en/span.ts';
import { takes } from './en/takes.ts';
import { telegram } from './en/telegram.ts';
import { terminal } from './en/terminal.ts';
import { understood } from './en/understood.ts';

/** "about 20 s", "about 3 min": never more exact than we know. */
const about = (ms: number): string => (ms < 5_000 ? 'a few seconds' : `about ${span(ms)}`);

/** "29 Nov 2026, 14:05 UTC". */
function utc(at: number): string {
  const [, day, month, year, time] = /^\w+, (\d+ )(\w+ )(\d+) ([\d:]{5})/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}${month}${year}, ${time} UTC`;
}

const credits = (n: number): string => counted(n, 'credit', 'credits');

/** In steps, so that a card that says it is seldom edited. */
function within(ms: number): string {
  const minutes = [1, 2, 5, 15, 60].find((each) => ms <= each * 60_000);
  if (minutes === undefined) return 'within a few hours';
  return minutes === 1 ? 'within a minute' : `within ${minutes} minutes`;
}

/** "1st", "22nd". */
export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/** What a person or a chat has of what they may have. */
interface Usage {
  waiting: number;
  mostWaiting?: number;
  today: number;
  mostToday?: number;
}

/** Every word that a person reads, in English. Other locales have the same shape. */
export const en = {
  picture,
  failure,
  note,
  /** One by one, for a line of facts. */
  options: ({ duration, motion, seed }: Options, { isFirstSeed = false } = {}): string[] => [
    `${duration} s`,
    `motion ${motion}`,
    `${isFirstSeed ? 'seeds from' : 'seed'} ${seed}`,
  ],
  understood,

  status: {
    received: 'Looking at your picture',
    queued: (ahead: { count: number; more: boolean }): string => {
      if (ahead.more) return `Queued, more than ${ahead.count} before you`;
      return ahead.count === 0 ? 'Queued, you are next' : `Queued (${ordinal(ahead.count + 1)})`;
    },
    keysTrouble: (cost: number): string =>
      `The service takes no clips from this bot at present. Yours goes on by itself${cost > 0 ? '; nothing was spent' : ''}.`,
    /** `leftMs`: until the next try. */
    outage: (o: { isUnreachable: boolean; leftMs: number; cost: number }): string =>
      `${o.isUnreachable ? 'The service cannot be reached.' : 'The service is too busy to take clips.'} It is tried again ${within(o.leftMs)}${o.cost > 0 ? '; nothing was spent' : ''}.`,
    unseen: 'The service cannot be reached. Your clip is being made there, and comes as soon as it answers.',
    stopping: 'Stopping it.',
    stoppingPerhaps: 'Stopping it, unless it is already done.',
    submitting: 'Handing it to the renderer',
    waiting: 'Waiting for the renderer',
    rendering: (progress: number | undefined, leftMs: number | undefined): string => {
      const percent = progress === undefined ? 'Rendering' : `Rendering ${Math.round(progress * 100)} %`;
      return leftMs === undefined ? percent : `${percent}, ready in ${about(leftMs)}`;
    },
    paused: 'Those who run this bot have paused it. Your clip goes on by itself.',
    late: 'Rendering, and taking longer than usual. It is still being watched.',
    unconfirmed: 'The service did not answer. Checking whether it took the request.',
    ready: 'Sending your clip',
    delivered: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },

  takes,
  clip: (scene: string): string => scene,
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
    options: Options;
    credits: number;
    /** Whether it certainly cost so much. */
    isSure: boolean;
    /** Milliseconds since the epoch. */
    askedAt: number | undefined;
    endedAt: number | undefined;
  }): string {
    const { seed, duration, motion, fit } = d.options;
    const cost = d.credits === 0 ? 'nothing' : `${d.isSure ? '' : 'at most '}${credits(d.credits)}`;
    const [askedAt = 0, endedAt = askedAt] = [d.askedAt, d.endedAt];
    return [
      `Seed ${seed} · ${duration} s · motion ${motion} · ${fit}`,
      `Cost: ${cost}`,
      `Asked for on ${utc(askedAt)}, ended after ${about(endedAt - askedAt)}`,
      `Id: ${d.id}`,
    ].join('\n');
  },

  request: {
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
      const those = `${counted(clips, 'clip', 'clips')} for today`;
      return isShared
        ? `Those who write here as a channel or as the group have had their ${those} together. Write as yourself, or after midnight UTC.`
        : `You have had your ${those}. It starts anew at midnight UTC.`;
    },
    tooManyWaiting: (clips: number, { isShared }: { isShared: boolean }): string => {
      const those = `${counted(clips, 'clip', 'clips')} waiting or being made`;
      return isShared
        ? `Those who write here as a channel or as the group have ${those} together. Write as yourself, or ask again when one is done.`
        : `You have ${those} already. Ask again when one is done.`;
    },
    chatHadEnough: (clips: number): string =>
      `This chat has had its ${counted(clips, 'clip', 'clips')} for today. It starts anew at midnight UTC.`,
    chatTooManyWaiting: (clips: number): string =>
      `This chat has ${counted(clips, 'clip', 'clips')} waiting or being made already. Ask again when one is done.`,
    /** What may still be asked for today, once a request is taken. */
    left: {
      person: (clips: number, { isShared }: { isShared: boolean }): string => {
        const whose = isShared ? 'Those who write here as a channel or as the group' : 'You';
        if (clips > 0) return `${whose} have ${clips} more ${clips === 1 ? 'clip' : 'clips'} today.`;
        return isShared ? `${whose} have had their last clip for today.` : 'That was your last clip for today.';
      },
      chat: (clips: number): string =>
        clips === 0
          ? 'That was the last clip of this chat for today.'
          : `This chat has ${clips} more ${clips === 1 ? 'clip' : 'clips'} today.`,
      budget: (clips: number): string =>
        clips === 0
          ? "That was the last clip of today's budget."
          : `Today's budget is enough for ${clips} more ${clips === 1 ? 'clip' : 'clips'}.`,
    },
    /** `most`: as many would be taken just now. */
    fewerTakes: (most: number, takes: number): string =>
      `You asked for ${takes} takes, and just now there is room for ${most} more ${most === 1 ? 'clip' : 'clips'}. Ask for fewer takes, or again later.`,
    takesCost: (takes: number, cost: number): string => `${takes} takes cost ${credits(cost)}.`,
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
  },

  commands,
  actions,
  help,
  settings,
  confirm,
  privacy,
  forget,
  exported,
  admin,

  clips: {
    title: 'Clips made here',
    mine: 'Your clips',
    none: 'No clips found.',
    asYourself: 'Write as yourself, not as a channel or as the group, to see all of your clips.',
    over: 'This list is too old. Ask for it again.',
    notYours: "This is somebody else's list. Get your own with /clips.",
    notFound: 'There is no such clip among yours and those made here.',
    by: (name: string): string => `by ${name}`,
    ago: (ms: number): string => (ms < 60_000 ? 'just now' : `${span(ms)} ago`),
    pageBefore: 'Page before',
    nextPage: 'Next page',
  },
  /** Over a clip that is shown somewhere else than it was made. */
  shown: (o: { scene: string; author: string }): string =>
    o.scene === '' ? `By ${o.author}` : `${o.scene}\n— by ${o.author}`,
  /** `isShown`: it was made somewhere else. */
  reported: ({ isShown }: { isShown: boolean }): string =>
    `Somebody reported this clip. If it should not be here, press Delete to take it down${isShown ? '' : ' everywhere it was shown'}.`,
  /** What a person may still ask for; absent: without a limit. */
  quota(q: Usage & { chat?: Usage; budgetLeft?: number }): string {
    const waits =
      q.mostWaiting === undefined
        ? `${q.waiting} being made`
        : `${q.waiting} of at most ${q.mostWaiting} being made at once`;
    const day =
      q.mostToday === undefined ? `${q.today} asked for today` : `${q.today} of ${q.mostToday} asked for today (UTC)`;
    const chat = [
      ...(q.chat?.mostWaiting === undefined ? [] : [`${q.chat.waiting} of ${q.chat.mostWaiting} being made`]),
      ...(q.chat?.mostToday === undefined ? [] : [`${q.chat.today} of ${q.chat.mostToday} today`]),
    ];
    const all = chat.length === 0 ? [] : [`All in this chat: ${chat.join(', ')}`];
    const left = q.budgetLeft === undefined ? [] : [`${credits(q.budgetLeft)} left for everybody today`];
    return ['Your clips:', waits, day, ...all, ...left].join('\n');
  },

  telegram,

  web: {
    off: (why: string): string =>
      `The web chat is off, because ${why} and there is no password. Set WEB_PASSWORD (8 characters or more) to switch it on.`,
    elsewhere: 'This process works on requests and has no web chat: a gateway has (ROLE=gateway or all).',
    notThisHost:
      'The bot does not answer at this address. Open it where it said that it listens, or name this address in PUBLIC_URL.',
    proxied: 'This came through a proxy. Set PUBLIC_URL to the address that people use, and WEB_PASSWORD.',
    foreign:
      'This came from another site, so nothing was done. Open the bot itself; behind a proxy, PUBLIC_URL must be its address.',
    noOrigin: 'Say with an Origin header where this comes from: the address of this bot.',
    locked: 'Log in first.',
    password: 'Password',
    wrongPassword: 'That is not the password.',
    tooManyTries: (waitMs: number): string => `Too many wrong passwords. Try again in ${about(waitMs)}.`,
    badKey: 'The request needs a key of 8 to 64 letters, digits or "-".',
    badBody: 'The body of this request cannot be understood.',
    badType: 'Send the picture itself, as application/octet-stream.',
    cutOff: 'The picture did not arrive whole. Send it again.',
    stalled: 'The picture stopped arriving. Send it again.',
    tooSlow: 'The picture arrives too slowly. Send it again over a better connection, or a smaller one.',
    busy: 'Too much is arriving at once. Try again in a moment.',
    tooFast: (waitMs: number): string => `That is a lot of clips at once. Try again in ${about(waitMs)}.`,
    tooManyWindows: 'The bot is open in too many windows. Close some and reload.',
    notFound: 'There is nothing here.',
    noOtherPlace: 'There is no other place here. Share the file or the link.',
    making: (file: string): string => `Making the ${file}`,
    starting: 'The bot is starting. Try again in a moment.',
    recordDown: 'The bot cannot use its record at present. Nothing that it promised is lost; try again later.',
    broken: 'Something went wrong here, not with your request. Try again; the log of the bot says more.',
  },

  links,
  page,
  discord,
  terminal,
};

export type Messages = typeof en;
