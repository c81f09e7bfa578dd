import type { Failure } from '../task/failure.ts';
import type { PictureNote, PictureProblem, Size } from '../task/picture.ts';
import { actions, commands, help } from './en/commands.ts';
import { discord } from './en/discord.ts';
import { telegram } from './en/telegram.ts';

const size = ({ width, height }: Size): string => `${width}×${height}`;
const megapixels = (pixels: number): string => `${Math.round(pixels / 1_000_000)} megapixels`;
const megabytes = (bytes: number): string => `${Math.round(bytes / (1024 * 1024))} MB`;

/** "about 20 s", "about 3 min": never more exact than we know. */
function about(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 5) return 'a few seconds';
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} hours`;
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

const sizes = (all: Size[]): string => all.map(size).join(' or ');

/** What is wrong with a picture, where no number belongs to it. */
const PICTURES = {
  empty: 'The picture is empty (0 bytes). Send it again.',
  truncated: 'The picture is incomplete: its end is missing or damaged. Save it again and send the new copy.',
  'too-heavy': 'This picture takes too much work to open. Save it anew as a plain JPEG and send that.',
  heic: 'HEIC pictures cannot be read here. Send it as JPEG (on an iPhone: share it as a photo, not as a file).',
  svg: 'SVG drawings cannot be animated. Export it as PNG and send that.',
  pdf: 'This is a PDF, not a picture. Send a page of it as JPEG or PNG.',
  text: 'This is a text file, not a picture. Send a JPEG, PNG, WebP, AVIF or GIF.',
  video: 'This is a video already. Send a still picture: JPEG, PNG, WebP, AVIF or GIF.',
  'unknown-type': 'This kind of file is not known here. Send a JPEG, PNG, WebP, AVIF or GIF.',
};

function picture(p: PictureProblem): string {
  switch (p.type) {
    case 'too-small':
      return `The picture is too small (${size(p.found)}). Send one of at least ${p.minSide} pixels a side.`;
    case 'too-many-pixels':
      return `The picture is too large (${size(p.found)}). Send one of at most ${megapixels(p.maxPixels)}.`;
    case 'too-many-bytes':
      return `The picture's file is too large. Send one of at most ${megabytes(p.maxBytes)}.`;
    case 'wrong-size':
      return `The picture is ${size(p.found)}, and you asked for no changes. Send ${sizes(p.wanted)}, or choose the fit "crop" or "pad".`;
    default:
      return PICTURES[p.type];
  }
}

const NO_MORE_CLIPS =
  'The service takes no more clips from this bot at present. Nothing was spent; ask whoever runs the bot.';

/** Why there is no clip, where nothing else belongs to it. */
const FAILURES = {
  moderation:
    'The service refused the scene or the picture under its content rules. Try other words or another picture.',
  'bad-input': 'The service did not accept this request. Try a shorter scene or another picture.',
  'no-credits': NO_MORE_CLIPS,
  quota: NO_MORE_CLIPS,
  auth: NO_MORE_CLIPS,
  'no-model': NO_MORE_CLIPS,
  transient: 'The service could not be reached for too long. Nothing was spent; try again later.',
  'try-another': 'The service could make nothing of this. Try another picture or another scene.',
  undeliverable: 'Your clip is ready, but it could not be sent here.',
  'picture-gone':
    'The picture could not be fetched: it was deleted, or its link ran out. Nothing was spent; send it again.',
};

/** The same of a job that may have cost something: what happened, and what to do. */
const JOB_FAILURES = {
  'job-gone': ['The service lost this request half-way.', 'Try again.'],
  deadline: ['The service did not finish in time.', 'Try again later.'],
  'clip-unfetched': [
    'The service made your clip, but it could not be fetched from there.',
    'Whoever runs the bot finds the cause in its log.',
  ],
  doubt: ['Nobody knows whether the service took this request, so it was left alone.'],
} as const;

/** `cost`: the credits that one attempt costs. */
function failure(f: Failure, cost: number): string {
  if (f.type === 'bad-picture') return `${picture(f.picture)} Nothing was spent.`;
  switch (f.type) {
    case 'job-gone':
    case 'deadline':
    case 'clip-unfetched':
    case 'doubt': {
      const [happened, ...more] = JOB_FAILURES[f.type];
      return [happened, ...(cost > 0 ? ['It may have cost a credit.'] : []), ...more].join(' ');
    }
    case 'broken':
      break;
    default:
      return FAILURES[f.type];
  }
  return f.why === 'disk-full'
    ? 'The disk of the machine that runs this bot is full. Nothing was spent; try again when there is room on it.'
    : 'Something is wrong with this bot, not with your request. Nothing was spent; its log says more.';
}

function note(n: PictureNote): string {
  switch (n.type) {
    case 'first-frame':
      return 'first frame of an animation';
    case 'upright':
      return 'turned upright';
    case 'cropped':
      return `cropped from ${size(n.from)}`;
    case 'padded':
      return `edges added around ${size(n.from)}`;
    case 'resized':
      return `resized from ${size(n.from)}`;
    case 'left-motion':
      return 'motion is up to the service';
  }
}

/** Every word that a person reads, in English. Other locales have the same shape. */
export const en = {
  picture,
  failure,
  notes: (notes: PictureNote[]): string => notes.map(note).join(', '),

  status: {
    received: 'Looking at your picture',
    queued: (ahead: { count: number; more: boolean }): string => {
      if (ahead.more) return `Queued, more than ${ahead.count} before you`;
      return ahead.count === 0 ? 'Queued, you are next' : `Queued (${ordinal(ahead.count + 1)})`;
    },
    keysTrouble: 'Waiting: the service takes no clips from this bot at present. Yours goes on by itself',
    submitting: 'Handing it to the renderer',
    waiting: 'Waiting for the renderer',
    rendering: (progress: number | undefined, leftMs: number | undefined): string => {
      const percent = progress === undefined ? 'Rendering' : `Rendering ${Math.round(progress * 100)} %`;
      return leftMs === undefined ? percent : `${percent}, ready in ${about(leftMs)}`;
    },
    late: 'Rendering, and taking longer than usual. It is still being watched',
    unconfirmed: 'The service did not answer: checking whether it took the request',
    ready: 'Sending your clip',
    delivered: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },

  clip: (scene: string): string => scene,
  /** Stands for a scene without words. */
  wordless: 'moves by itself',
  doubt:
    'The service did not say whether it took your request. Trying again may cost a second credit; leaving it costs nothing more.',
  supportId: (taskId: string): string => `(task ${taskId.slice(-8)})`,

  request: {
    noScene: 'Say what should happen in the picture, for instance "waves roll in, slow zoom".',
    sceneTooLong: (found: number, most: number): string =>
      `The scene is too long (${found} characters). Use at most ${most}.`,
    notAllowed: 'This bot makes clips only for the places and people its operator has named. Ask whoever runs it.',
    budgetSpent: "Today's budget for clips is used up. It starts anew at midnight UTC; nothing was spent on this one.",
    personHadEnough: (clips: number, { isShared }: { isShared: boolean }): string => {
      const those = `${clips} ${clips === 1 ? 'clip' : 'clips'} for today`;
      return isShared
        ? `Those who write here as a channel or as the group have had their ${those} together. Write as yourself, or after midnight UTC.`
        : `You have had your ${those}. It starts anew at midnight UTC.`;
    },
    tooManyWaiting: (clips: number, { isShared }: { isShared: boolean }): string => {
      const those = `${clips} ${clips === 1 ? 'clip' : 'clips'} waiting or being made`;
      return isShared
        ? `Those who write here as a channel or as the group have ${those} together. Write as yourself, or ask again when one is done.`
        : `You have ${those} already. Ask again when one is done.`;
    },
    diskNearlyFull:
      'The disk of the machine that runs this bot is nearly full, so nothing was taken or spent. Ask again later, or tell whoever runs it.',
    moderationPause: (ms: number): string =>
      `The service refused several of your requests under its content rules. You can ask again in ${about(ms)}.`,
    tooLate: 'Too late: this clip is already done.',
    notYours: 'Only the person who asked for this clip can do that.',
    gone: 'This clip is not here any more.',
    cancelling: 'Stopping it, unless it is already done.',
    nothingToCancel: 'None of your clips is being made here.',
    cancelWhich: 'Several of your clips are being made here. Which one should stop?',
    noDoubt: 'This is settled already.',
    retrying: 'Trying again.',
    leaving: 'Left alone.',
    underWay: 'This clip is still being made: cancel it first, or wait until it is done.',
    deleted: 'Deleted.',
    deletedBefore: 'What you asked for here was deleted. For another clip, send the picture anew.',
  },

  commands,
  actions,
  help,

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
    starting: 'The bot is starting. Try again in a moment.',
    recordDown: 'The bot cannot use its record at present. Nothing that it promised is lost; try again later.',
    broken: 'Something went wrong here, not with your request. Try again; the log of the bot says more.',
  },

  discord,
};

export type Messages = typeof en;
