import type { Messages } from '../../src/messages/messages.ts';
import { type Failure, failureSchema } from '../../src/task/failure.ts';
import { fitSchema, type PictureNote, type PictureProblem } from '../../src/task/picture.ts';
import type { CameraMove } from '../../src/task/understood.ts';

type Text = string | undefined;
type HasCalls<Words> = Words extends Text
  ? false
  : Words extends (...args: never) => unknown
    ? true
    : keyof Calls<Words> extends never
      ? false
      : true;
/** Of each function among the words, the arguments that it is called with; what has none of them is left out. */
type Calls<Words> = {
  [Key in keyof Words as HasCalls<Words[Key]> extends true ? Key : never]: Words[Key] extends (
    ...args: infer Args
  ) => unknown
    ? readonly Args[]
    : Calls<Words[Key]>;
};

const MINUTE_MS = 60_000;
const SPANS_MS = [12_000, MINUTE_MS, 3 * MINUTE_MS, 120 * MINUTE_MS, 5 * 24 * 60 * MINUTE_MS];
/** Of every form of a plural, in Russian, too. */
export const COUNTS = [1, 2, 5, 11, 21, 1_234];
const eachCount: [number][] = COUNTS.map((n) => [n]);
const eachSpan: [number][] = SPANS_MS.map((ms) => [ms]);
const eachClips: [number, { isShared: boolean }][] = COUNTS.flatMap((n): [number, { isShared: boolean }][] => [
  [n, { isShared: false }],
  [n, { isShared: true }],
]);

const size = { width: 641, height: 483 };
export const PROBLEMS: readonly PictureProblem[] = [
  ...(['empty', 'truncated', 'too-heavy', 'heic', 'svg', 'pdf', 'text', 'video', 'unknown-type'] as const).map(
    (type) => ({ type }),
  ),
  { type: 'too-small', found: size, minSide: 321 },
  { type: 'too-many-pixels', found: size, maxPixels: 53_000_000 },
  { type: 'too-many-bytes', maxBytes: 27 * 1024 * 1024 },
  { type: 'wrong-size', found: size, wanted: [{ width: 1281, height: 723 }, size] },
];
const PARTS = [undefined, 'scene', 'picture'] as const;
/** All that a failure can be. */
export const FAILURES: readonly Failure[] = failureSchema.options.flatMap((option): Failure[] => {
  const type = option.shape.type.value;
  if (type === 'bad-picture')
    return PROBLEMS.flatMap((picture) => [
      { type, picture },
      { type, picture, which: 'last' },
    ]);
  if (type === 'picture-gone') return [{ type }, { type, which: 'last' }];
  if (type === 'moderation' || type === 'bad-input')
    return PARTS.flatMap((about) => [
      { type, about },
      { type, about, reason: 'Xyzzy 47' },
    ]);
  if (type === 'try-another') return [{ type }, { type, reason: 'Xyzzy 47' }];
  if (type === 'broken') return [{ type }, { type, why: 'disk-full' }];
  return [{ type }];
});
const NOTES: readonly PictureNote[] = [
  { type: 'first-frame' },
  { type: 'upright' },
  { type: 'cropped', from: size },
  { type: 'cropped', from: size, atStart: 1 },
  { type: 'cropped', from: { width: 1931, height: 997 }, atStart: 0 },
  { type: 'padded', from: size },
  { type: 'resized', from: size },
  { type: 'left-motion' },
];
const fitted = [
  { width: 1280, height: 720 },
  { width: 320, height: 180 },
];

const move = (over: Partial<CameraMove>): CameraMove => ({
  kind: 'zoom',
  sign: 1,
  extent: 1,
  together: false,
  ...over,
});
const KINDS = ['zoom', 'pan', 'tilt', 'roll', 'hold'] as const;
const MOVES = KINDS.flatMap((kind) => ([1, -1, 0] as const).map((sign) => move({ kind, sign })));

const options = { seed: 4_294_967_295, motion: 7, duration: 5 as const };
const counts = [
  { came: 3, failed: 0, cancelled: 0 },
  { came: 1, failed: 0, cancelled: 0 },
  { came: 1, failed: 1, cancelled: 2 },
  { came: 2, failed: 2, cancelled: 1 },
];
const task = { id: 'a1b2', scene: 'Xyzzy', person: 'Qwop' };
const usage = { waiting: 3, mostWaiting: 8, today: 13, mostToday: 27 };
const both = [true, false];

/** What each function among the words is called with in tests: another function is another line here. */
export const SAMPLES: Calls<Messages> = {
  options: [
    [{ ...options, fit: 'crop' }],
    [{ ...options, fit: 'crop', sound: 'on', shape: 'tall' }, { isFirstSeed: true }],
    [{ duration: 5, fit: 'crop', shape: 'ultrawide' }],
  ],
  clip: [['Xyzzy']],
  endsOn: [[[]], [['Xyzzy', 'Plugh']]],
  clipAtLink: [['https://x.test/c/1']],
  details: fitSchema.options.flatMap((fit) =>
    [0, 1, 1_200].map(
      (credits): Parameters<Messages['details']> => [
        {
          id: '0'.repeat(24),
          options: { ...options, duration: 10, motion: 10, fit, shape: 'ultrawide' },
          credits,
          isSure: credits === 1,
          askedAt: Date.UTC(2026, 10, 29, 14, 5),
          endedAt: Date.UTC(2026, 10, 29, 14, 7),
        },
      ],
    ),
  ),
  goesOn: { inAll: [[37]] },
  shown: [[{ scene: 'Xyzzy', author: 'Qwop' }], [{ scene: '', author: 'Qwop' }]],
  reported: both.map((isShown) => [{ isShown }]),
  actions: {
    continue: { question: [[{ seconds: 37, credits: 0 }], [{ seconds: 37, credits: 41 }]], tooLong: [[60]] },
    star: { counted: [[0], [3]] },
    link: { text: [['https://x.test/c/1']] },
  },
  admin: {
    today: both.map((isMore) => [{ asked: 1_234, isMore, delivered: 31, failed: 42, cancelled: 53, underWay: 64 }]),
    spent: [[{ credits: 37 }], [{ credits: 37, budget: 59 }]],
    failures: [[[{ type: 'quota', count: 37 }]], [[]]],
    slowest: [
      [(['waiting', 'rendering', 'delivering'] as const).map((step) => ({ step, ms: 3 * MINUTE_MS, id: 'a1b2' }))],
      [[]],
    ],
    oldest: [[[task]], [[]]],
    lastFailed: [[[task]], [[]]],
    waits: [[{ queued: 31, doubtful: 42, ready: 53 }]],
    key: [
      [{ provider: 'Runway', name: 'ab12' }],
      [{ provider: 'Runway', name: 'ab12', reason: 'Xyzzy', leftMs: 180_000 }],
    ],
    lists: [
      [{ blocked: ['Qwop'], refused: ['Xyzzy'] }],
      [{ blocked: Array.from({ length: 37 }, () => 'Qwop'), refused: [] }],
    ],
    moreKeys: eachCount,
    moreChanges: eachCount,
    changed: both.map((isOn) => [{ who: 'Qwop', what: 'Xyzzy', isOn, agoMs: 180_000 }]),
    blocked: { on: [['Qwop']], off: [['Qwop']] },
    refused: { on: [['Xyzzy']], off: [['Xyzzy']] },
    retried: [['Qwop']],
    noWord: [[87]],
    keyParked: [['ab12']],
    keyFreed: [['ab12']],
    weekly: [
      [{ week: { clips: 1_234, failed: 31, people: 42, credits: 53 } }],
      [
        {
          week: { clips: 1, failed: 1, people: 1, credits: 1 },
          before: { clips: 64, failed: 75, people: 86, credits: 97 },
        },
      ],
    ],
  },
  clips: { by: [['Qwop']], ago: [[5_000], ...eachSpan.slice(1)] },
  discord: {
    menuHelp: [['Xyzzy']],
    form: { seedOf: [[options.seed]] },
    mayNotRemove: [[[]], [['Xyzzy', 'Plugh']]],
    missing: [[['Xyzzy', 'Plugh'], '<#37>']],
    nth: [[3]],
    clipThere: [['https://x.test/c/1']],
    clipsThere: [[['https://x.test/c/1', 'https://x.test/c/2']]],
    notThere: [['<#37>']],
    sharing: [['<#37>']],
    detour: (['thread-locked', 'too-many-threads', 'too-large', 'place-gone'] as const).map((why) => [why]),
  },
  exported: { text: eachCount, cut: [[37]] },
  failure: FAILURES.flatMap((failure): [Failure, number][] => [
    [failure, 0],
    [failure, 1],
  ]),
  forget: { question: [[{ isOnePerson: true }], [{ isOnePerson: false }], [{ isOnePerson: false, stays: 'Xyzzy.' }]] },
  help: {
    command: [['xyzzy', 'Plugh']],
    action: [['Xyzzy', 'plugh']],
    pictures: [[37, 321]],
    paid: eachCount,
  },
  links: { title: [['Xyzzy']], clip: [['Xyzzy']], tooMany: [[37_000]] },
  models: {
    choice: [
      ['Xyzzy', 0, 5],
      ['Xyzzy', 1, 5],
      ['Xyzzy', 37, 5],
    ],
    choose: [[['Xyzzy', 'Plugh']], [[]]],
    lengths: [[[2, 3, 4, 5]], [[4, 6, 8], 'Xyzzy']],
    shapes: [[['Xyzzy', 'Plugh']], [['Xyzzy', 'Plugh'], 'Qwop'], [[]]],
    seedless: [[], ['Xyzzy']],
    silent: [[], ['Xyzzy']],
    noLast: [[[]], [['Xyzzy', 'Plugh'], 'Foobar']],
  },
  note: NOTES.flatMap((note) => fitted.map((to): [PictureNote, typeof to] => [note, to])),
  page: {
    withMove: [['Xyzzy', 'Plugh']],
    tooManyBytes: [['37 MB', '25 MB']],
    tooSmall: [['641×483', 987]],
    sceneTooLong: [[1_234, 987]],
    price: eachCount,
    clipCount: eachCount,
    leftToday: eachCount,
    onlySoMany: [[0], ...eachCount],
    tooManyPictures: [[10]],
    seconds: [[37]],
    sameSeed: [[options.seed]],
    chose: { seed: [['37']] },
    sendingPart: [['37%']],
    clipOf: [['Xyzzy']],
    done: [['Xyzzy']],
    downloadAs: [['GIF']],
    stars: eachCount,
    starsAfter: eachCount,
    shownBy: [['Qwop']],
    clipsShown: COUNTS.flatMap((n) => both.map((more): [number, boolean] => [n, more])),
  },
  picture: PROBLEMS.flatMap((problem): [PictureProblem, 'last'?][] => [[problem], [problem, 'last']]),
  privacy: both.flatMap((hasLinks) =>
    [undefined, 'Runway'].map(
      (service): Parameters<Messages['privacy']> => [
        { keepMs: 30 * 24 * 60 * MINUTE_MS, spendMs: 5 * 24 * 60 * MINUTE_MS, service, hasLinks },
      ],
    ),
  ),
  quota: [
    [{ waiting: 3, today: 13 }],
    [usage],
    [{ ...usage, chat: { waiting: 4, mostWaiting: 9, today: 16, mostToday: 38 }, budgetLeft: 47 }],
  ],
  request: {
    sceneTooLong: [[1_234, 1_000]],
    notAllowed: [
      ...both.map(
        (manages): Parameters<Messages['request']['notAllowed']> => [
          { here: 'discord:37', person: 'discord:48', manages },
        ],
      ),
      [{ here: 'discord:48', person: 'discord:48', manages: false }],
    ],
    personHadEnough: eachClips,
    tooManyWaiting: eachClips,
    chatHadEnough: eachCount,
    chatTooManyWaiting: eachCount,
    left: {
      person: [[0, { isShared: false }], [0, { isShared: true }], ...eachClips],
      chat: [[0], ...eachCount],
      budget: [[0], ...eachCount],
    },
    fewerTakes: [
      [1, 4],
      [2, 3],
    ],
    takesCost: [[3, 15]],
    tooManyShown: [[5]],
    moderationPause: eachSpan,
    coveredScene: eachSpan,
  },
  settings: {
    several: { roles: eachCount, channels: eachCount },
    asUsual: [[undefined], ['Xyzzy']],
    line: [['Xyzzy', 'Plugh']],
    now: [['Xyzzy']],
    chosen: [['Xyzzy']],
    range: [[3, 987]],
    changed: [[{ who: 'Qwop', what: 'Xyzzy', to: 'Plugh', ago: 'Zork' }]],
    wrong: [['Xyzzy']],
  },
  status: {
    queued: [[{ count: 0, more: false }], [{ count: 6, more: false }], [{ count: 100, more: true }]],
    keysTrouble: [[0], [1]],
    outage: both.flatMap((isUnreachable) =>
      [MINUTE_MS, 5 * MINUTE_MS, 9e9].flatMap((leftMs) =>
        [0, 1].map((cost): Parameters<Messages['status']['outage']> => [{ isUnreachable, leftMs, cost }]),
      ),
    ),
    rendering: [[undefined, undefined], [0.37, undefined], ...SPANS_MS.map((ms): [number, number] => [0.37, ms])],
  },
  takes: {
    one: [[{ number: 3, of: 4 }]],
    all: [[3]],
    underWay: [
      [{ came: 0, failed: 0, cancelled: 0 }, 4, 'Xyzzy'],
      ...counts.slice(2).map((each): [typeof each, number, string] => [each, 7, 'Xyzzy']),
    ],
    ended: counts.map((each): [typeof each, string] => [each, each.failed > 0 ? 'Xyzzy' : '']),
  },
  telegram: {
    forWhom: [['Qwop']],
    helpInGroups: [['xyzzy_bot', 'animate']],
    unknownCommand: [['/xyzzy', ['animate', 'plugh']]],
    unknownPassed: [['/xyzzy']],
    unknownAsked: [['/xyzzy']],
    hearts: both.map((isPrivate) => [{ isPrivate }]),
    askScene: both.flatMap((isPrivate) =>
      both.map((mayBeWordless): Parameters<Messages['telegram']['askScene']> => [{ isPrivate, mayBeWordless }]),
    ),
    askOtherScene: both.map((isPrivate) => ['Xyzzy?', { isPrivate }]),
    askOtherPicture: [['Xyzzy?']],
    sayBack: both.map((isPrivate) => [{ isPrivate }]),
    choice: [['Xyzzy', 'Plugh']],
    costs: [['Xyzzy', 0], ...COUNTS.map((n): [string, number] => ['Xyzzy', n])],
    pictureTooLarge: [[37 * 1024 * 1024, 20 * 1024 * 1024]],
  },
  terminal: {
    address: [['https://x.test/1.png']],
    twoPictures: [['a1b2', 'ab12']],
    unquoted: [['Xyzzy']],
    notMp4: [['a1b2']],
    unknownOption: [['--xyzzy']],
    noValue: [['--xyzzy']],
    noneTaken: [['--xyzzy']],
    unreadable: [['a1b2', 'Xyzzy']],
    outIsFolder: [['a1b2']],
    outIsPicture: [['a1b2']],
    outIsThere: [['a1b2']],
    unwritable: [['a1b2', 'Xyzzy']],
    clipUnwritten: [['a1b2', 'Xyzzy']],
  },
  understood: [
    ...[true, false].map((rest): Parameters<Messages['understood']> => [{ moves: [], shake: 0, rest }]),
    ...MOVES.map((one): Parameters<Messages['understood']> => [{ moves: [one], shake: 0, rest: false }]),
    [{ moves: [move({ extent: 0.6 }), move({ kind: 'pan', extent: 1.5 })], shake: 0, rest: true }],
    [{ moves: [move({}), move({ kind: 'pan', together: true })], shake: 1, rest: true }],
  ],
  web: { off: [['Xyzzy']], tooManyTries: eachSpan, tooFast: eachSpan, making: [['xyzzy.gif']] },
};
